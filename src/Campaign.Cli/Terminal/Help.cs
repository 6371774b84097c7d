using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Campaign.Cli.Terminal;

/// <summary>Adds examples to the help text of a verb.</summary>
internal static class Help
{
    public const string ExitCodes =
        """
        Exit codes:
          0  every requested trial is valid        6  testbed unavailable, or trials invalid by attestation
          1  internal error                        7  nothing selected or nothing measured
          2  usage                                 8  a gate is inconclusive, with --inconclusive=fail
          3  error in a file you gave             75  testbed or results folder busy
          4  finished, some trials failed        130  interrupted by Ctrl-C, resumable
          5  a gate failed                       143  terminated, resumable
        """;

    /// <summary>Prints <paramref name="text"/> below the help of a command.</summary>
    public static void Extend(Command command, string text)
    {
        var help = command.Options.OfType<HelpOption>().SingleOrDefault();
        if (help is null)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }

        help.Action = new HelpAnd((HelpAction)help.Action!, text);
    }

    /// <summary>The text below the help of a verb: one line each.</summary>
    public static string Examples(params ReadOnlySpan<string> lines) => "Examples:\n  " + string.Join("\n  ", lines);

    internal sealed class HelpAnd(HelpAction help, string text) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(text);
            parseResult.InvocationConfiguration.Output.WriteLine();
            return code;
        }
    }
}

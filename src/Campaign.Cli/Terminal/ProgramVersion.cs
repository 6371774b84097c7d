using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Campaign.Cli.Terminal;

/// <summary><c>--version</c>: version and git commit.</summary>
internal static class ProgramVersion
{
    /// <summary><c>campaign 0.1.0 (3f9a12b)</c></summary>
    public static string Text
    {
        get
        {
            var parts = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
            return parts is [var version, { Length: >= 10 } commit] ? $"campaign {version} ({commit[..10]})" : $"campaign {parts[0]}";
        }
    }

    public static void Extend(RootCommand root) =>
        root.Options.OfType<VersionOption>().Single().Action = new Print();

    internal sealed class Print : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Text);
            return 0;
        }
    }
}

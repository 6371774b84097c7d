using System.CommandLine;
using System.CommandLine.Parsing;
using Campaign.Cli.Commands;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;

namespace Campaign.Cli;

/// <summary>The command line: which verbs there are, and how every one of them ends.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TimeProvider time)
    {
        var session = new Session(time);
        var root = Root(session);
        var parsed = root.Parse(args);
        session.Apply(parsed);
        try
        {
            if (parsed.Errors.Count > 0 && parsed.Action is not (Help.HelpAnd or ProgramVersion.Print))
            {
                var verb = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
                throw new CampaignException(
                    string.Join('\n', parsed.Errors.Select(Mistake)), ExitCode.Usage, $"'campaign{verb} --help' lists what it takes.");
            }

            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (CampaignException e)
        {
            session.Print(e);
            return (int)e.Code;
        }
        catch (OperationCanceledException) when (session.Signals.Now.IsCancellationRequested)
        {
            return (int)session.Signals.InterruptedCode;
        }
        catch (Exception e)
        {
            session.Print(e);
            return (int)ExitCode.Internal;
        }
        finally
        {
            session.Dispose();
        }
    }

    /// <summary>What is wrong, without the names that types have in the program.</summary>
    private static string Mistake(ParseError error)
    {
        if ((error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) is not { Tokens: [.., var token] } given)
            return error.Message;

        var type = Nullable.GetUnderlyingType(given.Option.ValueType) ?? given.Option.ValueType;
        var kind = type == typeof(int) || type == typeof(long) ? "a whole number" : type == typeof(double) ? "a number" : "";
        return kind.Length > 0 && error.Message.Contains(type.FullName!, StringComparison.Ordinal) ? $"{given.Option.Name} takes {kind}, and '{token.Value}' is none." : error.Message;
    }

    private static RootCommand Root(Session session)
    {
        var root = new RootCommand("campaign runs experiment campaigns on network testbeds and measures the latency of every packet.")
        {
            RunCommand.Create(session),
            ResumeCommand.Create(session),
            PlanCommand.Create(session),
            CheckCommand.Create(session),
            RenderCommand.Create(session),
            ListCommand.Create(session), TestbedCommand.Create(session),
            ShowCommand.Create(session), QueryCommand.Create(session),
            AnalyseCommand.Create(session),
            ReportCommand.Create(session),
            CompareCommand.Create(session),
            GateCommand.Create(session),
            MergeCommand.Create(session),
            ImportCommand.Create(session),
        };
        foreach (var option in session.GlobalOptions)
        {
            root.Options.Add(option);
        }

        Help.Extend(root, Help.ExitCodes);
        ProgramVersion.Extend(root);
        return root;
    }
}

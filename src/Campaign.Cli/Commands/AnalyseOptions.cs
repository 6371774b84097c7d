using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Campaign.Captures;
using Campaign.Captures.Pcap;
using Campaign.Diagnostics;

namespace Campaign.Cli.Commands;

/// <summary>The arguments and options of <c>analyse</c>: from a command line to an <see cref="AnalyseRequest"/>, or to what is wrong with it.</summary>
internal sealed class AnalyseOptions
{
    private const string StandardInput = "-";
    private const int MostWorst = 10_000_000;

    /// <summary>As many as HVNet keeps; stalls are found among them.</summary>
    private const int KeptWorst = 5000;

    private static readonly decimal[] Usual = [50, 90, 99, 99.9m, 99.99m, 99.999m, 99.9999m];

    private static readonly Dictionary<string, CaptureForm> Forms = new()
    {
        ["automatic"] = CaptureForm.Automatic,
        ["pcap"] = CaptureForm.Pcap,
        ["pcapng"] = CaptureForm.Pcapng,
        ["mscap"] = CaptureForm.Mscap,
        ["trailing"] = CaptureForm.TrailingPcap,
    };

    private readonly Argument<string> _pre = new("PRE") { Description = "Capture taken before the device under test: pcap, pcapng or mscap, plain or .zst; - is standard input." };
    private readonly Argument<string> _post = new("POST") { Description = "Capture taken behind it, with the same clock." };
    private readonly Option<string?> _identity = Text("--identity", "HOW", $"What makes two records the same packet: {EvaluationOptions.Identities}.");
    private readonly Option<string> _format = new("--format") { Description = "Form of both files, if its detection is wrong: trailing has times behind the packets.", HelpName = "FORM", DefaultValueFactory = _ => "automatic" };
    private readonly Option<double> _trim = new("--trim") { Description = "Leave out what arrives in the first seconds.", HelpName = "SECONDS" };
    private readonly Option<double> _window = new("--window") { Description = "Later arrivals are no match.", HelpName = "SECONDS", DefaultValueFactory = _ => 5 };
    private readonly Option<bool> _lenient = new("--lenient") { Description = "Evaluate what is usable of damaged captures, and say what is wrong with them." };
    private readonly Option<decimal[]> _percentiles = new("--percentiles", "-p")
    {
        Description = "Percentiles to print, in percent, like 50 99.9 or 50,99.9; @FILE reads them from a file.",
        DefaultValueFactory = _ => Usual,
        CustomParser = Percentages,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "P",
    };
    private readonly Option<int> _worst = new("--worst") { Description = "List the largest latencies with both timestamps.", HelpName = "N" };
    private readonly Option<double?> _stalls = new("--stalls") { Description = "List packets that waited together for at least so long, found among the worst.", HelpName = "MICROSECONDS" };
    private readonly Option<string?> _interrupts = Text("--interrupts", "FILE", "Hold stalls against a recording of interrupts: HVNet's irqrecorder.csv, or interrupts.csv of a trial.");
    private readonly Option<bool> _json = new("--json") { Description = "Print everything as JSON, with each second, gaps between packets, and flows." };
    private readonly Option<string?> _hgrm = Text("--hgrm", "FILE", "Write percentiles for HdrHistogram's plotters.");
    private readonly Option<string?> _hlog = Text("--hlog", "FILE", "Write an HdrHistogram log with a line for each second.");
    private readonly Option<string?> _tag = Text("--tag", "NAME", "Tag of each line of the log.");
    private readonly Option<string?> _hvnet = Text("--hvnet", "FOLDER", "Write HVNet's nine CSV files; the identity is hvnet unless one is given.");
    private readonly Option<int> _threads = new("--threads") { Description = "Threads that may work at once.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<int> _memory = new("--memory") { Description = "Memory for packets that wait for their partners; past it they go to disk.", HelpName = "MIB", DefaultValueFactory = _ => 256 };
    private readonly Option<string?> _temp = Text("--temp", "FOLDER", "Where they go: 100 bytes a packet.");
    private readonly Option<bool> _watch = new("--watch") { Description = "Follow captures that are still growing until Ctrl-C, then evaluate them." };
    private readonly Option<double> _interval = new("--interval") { Description = "With --watch: from one look to the next.", HelpName = "SECONDS", DefaultValueFactory = _ => 2 };
    private readonly Option<double?> _quiet = new("--until-quiet") { Description = "With --watch: end when neither has grown for so long.", HelpName = "SECONDS" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_pre);
        command.Arguments.Add(_post);
        foreach (var option in new Option[]
        {
            _identity, _format, _trim, _window, _lenient, _percentiles, _worst, _stalls, _interrupts, _json, _hgrm, _hlog, _tag, _hvnet, _threads, _memory, _temp, _watch,
            _interval, _quiet,
        })
            command.Options.Add(option);
    }

    /// <exception cref="CampaignException">Something does not hold, with exit code <see cref="ExitCode.Usage"/>.</exception>
    public AnalyseRequest Read(ParseResult parsed)
    {
        var request = new AnalyseRequest
        {
            Pre = parsed.GetValue(_pre)!,
            Post = parsed.GetValue(_post)!,
            Options = Evaluation(parsed),
            Percentiles = [.. parsed.GetValue(_percentiles)!],
            Json = parsed.GetValue(_json),
            Worst = parsed.GetValue(_worst),
            Stalls = parsed.GetValue(_stalls) is { } stalls ? Nanoseconds("--stalls", stalls, 1e3) : null,
            Interrupts = parsed.GetValue(_interrupts),
            Hgrm = parsed.GetValue(_hgrm),
            Hlog = parsed.GetValue(_hlog),
            Tag = parsed.GetValue(_tag) ?? "",
            Hvnet = parsed.GetValue(_hvnet),
            Watch = parsed.GetValue(_watch),
            Interval = TimeSpan.FromSeconds(Nanoseconds("--interval", parsed.GetValue(_interval), 1e9) / 1e9),
            Quiet = parsed.GetValue(_quiet) is { } quiet ? TimeSpan.FromSeconds(Nanoseconds("--until-quiet", quiet, 1e9) / 1e9) : null,
        };
        Check(request);
        return request;
    }

    private EvaluationOptions Evaluation(ParseResult parsed)
    {
        var (threads, memory, worst, temp) = (parsed.GetValue(_threads), parsed.GetValue(_memory), parsed.GetValue(_worst), parsed.GetValue(_temp));
        Demand(threads is >= 1 and <= 1024, $"--threads lies between 1 and 1024, but {threads} does not.");
        Demand(memory is >= 1 and <= 1 << 20, $"--memory lies between 1 and 1048576 MiB, but {memory} does not.");
        Demand(worst is >= 0 and <= MostWorst, $"--worst lies between 0 and {MostWorst}, but {worst} does not.");
        Demand(Forms.TryGetValue(parsed.GetValue(_format)!, out var form), $"There is no format '{parsed.GetValue(_format)}'. It is one of: {string.Join(", ", Forms.Keys)}.");
        if (temp is not null)
            CheckWritable(temp);
        var name = parsed.GetValue(_identity) ?? (parsed.GetValue(_hvnet) is null ? "automatic" : "hvnet");
        var options = new EvaluationOptions
        {
            TrimNanoseconds = Nanoseconds("--trim", parsed.GetValue(_trim), 1e9),
            Window = Nanoseconds("--window", parsed.GetValue(_window), 1e9),
            Strict = !parsed.GetValue(_lenient),
            Worst = Math.Max(KeptWorst, worst),
            Form = form,
            MemoryBudget = (long)memory << 20,
            SpillFolder = temp,
            Threads = threads,
            Growing = parsed.GetValue(_watch),
        };
        return options.WithIdentity(name) ?? throw Mistake($"There is no identity '{name}'. It is one of: {EvaluationOptions.Identities}.");
    }

    private static void Check(AnalyseRequest request)
    {
        var wrong = request.Percentiles.FirstOrDefault(p => p is < 0 or > 100);
        Demand(wrong == 0, $"A percentile lies between 0 and 100, but {wrong} does not.");
        Demand(
            request.Pre != StandardInput || request.Post != StandardInput,
            $"Both captures are standard input, which is only one stream. Name a file for one of them.");
        Demand(!request.Watch || (request.Pre != StandardInput && request.Post != StandardInput), $"--watch follows files. It cannot follow standard input.");
        Demand(!request.Watch || request.Interval > TimeSpan.Zero, $"--interval is more than 0 seconds.");
        Demand(request.Watch || request.Quiet is null, $"--until-quiet says when --watch ends. Give --watch, too.");
        Demand(request.Hvnet is null || request.Options.TrimNanoseconds == 0, $"--hvnet writes HVNet's files of an evaluation without a trim. Leave --trim out.");
        Demand(request.Tag.Length == 0 || request.Hlog is not null, $"--tag is for the lines of a log. Give --hlog, too.");
        Demand(!request.Tag.AsSpan().ContainsAny(", \r\n"), $"A tag in a histogram log has no comma, space or line end; '{request.Tag}' has.");
    }

    private static decimal[] Percentages(ArgumentResult given)
    {
        var read = new List<decimal>();
        foreach (var text in given.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var percentile))
                read.Add(percentile);
            else
                given.AddError($"'{text}' is no percentile. Write them in percent, like 50 99.9 or 50,99.9.");
        }

        return [.. read];
    }

    private static void CheckWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $"campaign-probe-{Guid.NewGuid():n}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Mistake($"--temp: nothing can be written to {folder}: {e.Message.TrimEnd('.')}. Name a folder that is there and yours.");
        }
    }

    private static long Nanoseconds(string option, double value, double unit)
    {
        Demand(value >= 0 && value * unit < 1e18, $"{option} is a time from 0 on, but {value} is not.");
        return (long)Math.Round(value * unit);
    }

    private static Option<string?> Text(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    private static void Demand(bool holds, FormattableString otherwise)
    {
        if (!holds)
            throw Mistake(otherwise.ToString(CultureInfo.InvariantCulture));
    }

    private static CampaignException Mistake(string message) => new(message, ExitCode.Usage);
}

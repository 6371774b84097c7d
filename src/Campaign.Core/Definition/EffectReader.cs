using System.Globalization;
using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>From a call in a step to an effect, with its arguments checked. A mistake is raised at the call.</summary>
internal static class EffectReader
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(1);

    /// <exception cref="LuaException">The arguments are wrong.</exception>
    public static Effect Read(string operation, SourceSpan where, object?[] a, LatencyOptions latency) => operation switch
    {
        "run" => new Effect.Run(where, Text(a, 0), Text(a, 1, "run wants a command"), true, Limit("run", a, 2)),
        "try" => new Effect.Run(where, Text(a, 0), Text(a, 1, "try wants a command"), false, Limit("try", a, 2)),
        "spawn" => new Effect.Spawn(where, Text(a, 0), Text(a, 1, "spawn wants a command")),
        "stop" => new Effect.Stop(where, a[0] is long handle ? handle : throw new LuaException("stop wants a process"), Limit("stop", a, 1)),
        "write" => new Effect.Write(where, Text(a, 0), Text(a, 1, "write wants a path"), Text(a, 2, "write wants a content")),
        "upload" => new Effect.Upload(where, Text(a, 0), Text(a, 1, "upload wants a file"), Text(a, 2, "upload wants a path on the host"), Limit("upload", a, 3)),
        "download" => Download(where, a),
        "facts" => new Effect.Facts(where, Text(a, 0)),
        "forward" => new Effect.Forward(where, Text(a, 0), Forward(At(a, 1))),
        "disturb" => new Effect.Disturb(where, Text(a, 0), Disturb(At(a, 1))),
        "traffic" => new Effect.Traffic(where, Traffic(At(a, 0))),
        "latency" => Latency(where, At(a, 0), latency),
        "sleep" => new Effect.Sleep(where, Seconds(At(a, 0))),
        "log" => new Effect.Log(where, At(a, 0) as string ?? OptionTable.Describe(At(a, 0))),
        "record" => new Effect.Record(where, Text(a, 0, "record wants a name"), Number(At(a, 1)), At(a, 2) as string ?? ""),
        "artefact" => new Effect.Artefact(where, Text(a, 0, "artefact wants a path")),
        _ => throw new LuaException($"there is no function '{operation}'"),
    };

    /// <summary>Options of <c>latency { … }</c>, beyond those of the campaign.</summary>
    public static LatencyOptions Latency(OptionTable options, LatencyOptions otherwise) => otherwise with
    {
        Identity = options.Text("identity", otherwise.Identity)!,
        TrimNanoseconds = options.Seconds("trim") is { } trim ? (long)(trim.TotalSeconds * 1e9) : otherwise.TrimNanoseconds,
        Worst = (int)(options.Whole("worst") ?? otherwise.Worst),
        Captures = options.Text("captures", otherwise.Captures)!,
    };

    private static Effect.Download Download(SourceSpan where, object?[] a)
    {
        var path = Text(a, 1, "download wants a path on the host");
        var name = At(a, 2) as string ?? Path.GetFileName(path);
        return new Effect.Download(where, Text(a, 0), path, name, Limit("download", a, At(a, 2) is string ? 3 : 2));
    }

    private static ForwardOptions Forward(object? value)
    {
        var options = Raising("forward", value);
        var realtime = options.Any("realtime") switch
        {
            null or false => RealtimeWish.No,
            true => RealtimeWish.Yes,
            "try" => RealtimeWish.Try,
            var other => throw new LuaException($"'realtime' of forward must be true, false or \"try\", but is {OptionTable.Describe(other)}"),
        };
        var node = options.Text("node");
        if (node is not (null or ForwardOptions.Container or ForwardOptions.Metal))
        {
            throw new LuaException($"'node' of forward must be \"container\" or \"metal\", but is \"{node}\"");
        }

        var forward = new ForwardOptions(options.Text("kind"), options.Flag("isolation"), realtime) { Node = node, Scripts = options.Texts("scripts") };
        options.Done();
        return forward;
    }

    private static DisturbOptions Disturb(object? value)
    {
        var options = Raising("disturb", value);
        var neighbours = options.Whole("neighbours") ?? 0;
        var recorder = options.Any("recorder") switch
        {
            null or false => null,
            true => DisturbOptions.Host,
            DisturbOptions.Host or DisturbOptions.Node => (string)options.Any("recorder")!,
            var other => throw new LuaException($"'recorder' of disturb must be true, false, \"host\" or \"node\", but is {OptionTable.Describe(other)}"),
        };
        var disturb = new DisturbOptions((int)Math.Clamp(neighbours, 0, 1024), recorder);
        if (options.Seconds("interval") is { } interval)
        {
            Demand(interval >= ShortestInterval, "The interval of the recorder must be at least 0.001 seconds, but is", interval.TotalSeconds);
            disturb = disturb with { RecorderInterval = interval };
        }

        options.Done();
        return disturb;
    }

    private static TrafficOptions Traffic(object? value)
    {
        var options = Raising("traffic", value);
        var rate = options.Number("rate") ?? throw new LuaException("traffic wants a rate in packets per second: traffic { rate = 1000, … }");
        var size = options.Whole("size") ?? 64;
        var duration = options.Seconds("duration") ?? throw new LuaException("traffic wants a duration in seconds: traffic { duration = 10, … }");
        var flows = options.Whole("flows") ?? 1;
        options.Done();
        Demand(rate > 0, "The rate must be above 0 packets per second, but is", rate);
        Demand(size is >= 64 and <= 1518, "The size of a frame must lie between 64 and 1518 bytes, but is", size);
        Demand(duration > TimeSpan.Zero, "The duration must be above 0 seconds, but is", duration.TotalSeconds);
        Demand(flows is >= 1 and <= 1024, "The number of flows must lie between 1 and 1024, but is", flows);
        return new TrafficOptions(rate, (int)size, duration, (int)flows);
    }

    private static void Demand(bool holds, string otherwise, double value)
    {
        if (!holds)
        {
            throw new LuaException(string.Create(CultureInfo.InvariantCulture, $"{otherwise} {value}"));
        }
    }

    private static Effect.Latency Latency(SourceSpan where, object? value, LatencyOptions otherwise)
    {
        if (value is LuaTable table && table.Fields.GetValueOrDefault("captures") is LuaTable)
        {
            return new Effect.Latency(where, LuaConversion.ToValue(value), otherwise);
        }

        var options = Raising("latency", value);
        var of = LuaConversion.ToValue(options.Any("of"));
        var latency = new Effect.Latency(where, of, Latency(options, otherwise));
        options.Done();
        return latency;
    }

    private static OptionTable Raising(string of, object? value) => new(of, value, message => throw new LuaException(message));

    private static TimeSpan Limit(string of, object?[] a, int index)
    {
        var options = Raising(of, At(a, index));
        var limit = options.Seconds("timeout") ?? CommandLimit;
        options.Done();
        return limit;
    }

    private static object? At(object?[] a, int index) => index < a.Length ? a[index] : null;

    private static string Text(object?[] a, int index, string otherwise = "a host is called with ':', as in tb.dut:run(…)") =>
        At(a, index) switch
        {
            string text => text,
            long n => n.ToString(CultureInfo.InvariantCulture),
            var other => throw new LuaException($"{otherwise}, but was given {OptionTable.Describe(other)}"),
        };

    private static double Number(object? value) => value switch
    {
        long n => n,
        double n => n,
        _ => throw new LuaException($"record wants a number, but was given {OptionTable.Describe(value)}"),
    };

    private static TimeSpan Seconds(object? value) => value is long or double && Number(value) is >= 0 and <= 1e6 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new LuaException($"sleep wants a number of seconds, but was given {OptionTable.Describe(value)}");
}

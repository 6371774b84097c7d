using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>Runs files in an engine, and turns what Lua says of them into diagnostics.</summary>
internal static class LuaScript
{
    /// <summary>Runs a file; its error, if it has one, is one more diagnostic.</summary>
    /// <returns>The stripped bytecode; empty when it did not compile.</returns>
    public static byte[] Run(LuaEngine engine, LuaSources sources, string file, DiagnosticBag diagnostics)
    {
        try
        {
            return engine.Run(File.ReadAllText(file), sources.Add(file));
        }
        catch (LuaException e)
        {
            diagnostics.Add(ToDiagnostic(e, sources, file));
            return [];
        }
    }

    public static Diagnostic ToDiagnostic(LuaException e, LuaSources sources, string file, string? about = null)
    {
        var (where, message) = sources.Explain(e.Message);
        return new Diagnostic(DiagnosticSeverity.Error, where ?? new SourceSpan(file), about is null ? message : $"{message} ({about})")
        {
            Traceback = e.Traceback is null ? null : sources.Named(e.Traceback),
        };
    }
}

using System.Globalization;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Campaign.Rendering;

/// <summary>
/// Scriban with everything strict: what is not there is an error and never renders as nothing, includes come from the template folders,
/// and loops, recursion and output have limits. Nothing in it depends on the clock, on chance or on the machine's culture.
/// </summary>
internal sealed class StrictContext : TemplateContext, ITemplateLoader
{
    private const int MostSteps = 100_000;
    private const int MostRecursion = 50;
    private const int LargestOutput = 4 << 20;

    private static readonly ScriptObject Functions = PureFunctions();

    private readonly TemplateFolders _folders;
    private readonly ScriptObject _values;

    public StrictContext(TemplateFolders folders, ScriptObject values)
        : base(Functions)
    {
        (_folders, _values) = (folders, values);
        TemplateLoader = this;
        NewLine = "\n";
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        EnableRelaxedTargetAccess = false;
        EnableRelaxedFunctionAccess = false;
        LoopLimit = MostSteps;
        RecursiveLimit = MostRecursion;
        LimitToString = LargestOutput;
        OutputLimit = LargestOutput;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        OnStringLimit = ScriptLimitBehavior.Throw;
        TryGetVariable = Undefined;
        TryGetMember = UndefinedMember;
        PushCulture(CultureInfo.InvariantCulture);
        PushGlobal(values);
    }

    public override string ObjectToString(object? value, bool nested = false) => value switch
    {
        double number when !double.IsFinite(number) => throw new ScriptRuntimeException(
            CurrentSpan, "A number here is not finite; something was divided by zero or grew beyond all bounds."),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => base.ObjectToString(value, nested) ?? "",
    };

    public string GetPath(TemplateContext context, SourceSpan callerSpan, string templateName)
    {
        try
        {
            return _folders.Display(_folders.Find(templateName));
        }
        catch (TemplateRefusedException refused)
        {
            throw new ScriptRuntimeException(callerSpan, $"{refused.Message} {refused.Hint}");
        }
    }

    public string Load(TemplateContext context, SourceSpan callerSpan, string templatePath) => _folders.Read(_folders.FullPath(templatePath));

    public ValueTask<string?> LoadAsync(TemplateContext context, SourceSpan callerSpan, string templatePath) =>
        new(Load(context, callerSpan, templatePath));

    private bool Undefined(TemplateContext context, SourceSpan span, ScriptVariable variable, out object? value) =>
        throw Missing(span, variable.Name, $"The template is not given '{variable.Name}'", _values.Keys, Functions.Keys);

    private static bool UndefinedMember(TemplateContext context, SourceSpan span, object target, string member, out object? value) =>
        throw Missing(span, member, $"There is no '{member}' here", target is ScriptObject members ? members.Keys : [], []);

    private static ScriptRuntimeException Missing(
        SourceSpan span, string name, string what, IEnumerable<string> given, IEnumerable<string> others)
    {
        var guess = Diagnostics.Spelling.Closest(name, given.Concat(others)) is { } closest ? $" Did you mean '{closest}'?" : "";
        var list = string.Join(", ", given.Order(StringComparer.Ordinal));
        return new ScriptRuntimeException(span, $"{what}.{guess} {(list.Length > 0 ? $"There are: {list}." : "There is nothing.")}");
    }

    /// <summary>Scriban's functions without those that answer differently each time or run code from text, and ours.</summary>
    private static ScriptObject PureFunctions()
    {
        var functions = GetDefaultBuiltinObject();
        functions.Remove("date");
        Replace("math", "random", "uuid");
        Replace("object", "eval", "eval_template");
        functions.Import("shell_quote", new Func<string, string>(ShellWord.Quote));
        foreach (var group in functions.Values.OfType<ScriptObject>())
        {
            group.IsReadOnly = true;
        }

        functions.IsReadOnly = true;
        return functions;

        void Replace(string name, params ReadOnlySpan<string> without)
        {
            var group = (ScriptObject)((ScriptObject)functions[name]!).Clone(deep: true);
            foreach (var function in without)
            {
                group.Remove(function);
            }

            functions.SetValue(name, group, readOnly: true);
        }
    }
}

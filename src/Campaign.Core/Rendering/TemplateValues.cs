using Campaign.Definition;
using Scriban.Runtime;

namespace Campaign.Rendering;

/// <summary>Gives values of the campaign language to Scriban.</summary>
internal static class TemplateValues
{
    private const double LargestExact = 9007199254740992;

    /// <summary>A fresh object with one member per entry; what is nil is not there, so that using it is an error.</summary>
    public static ScriptObject Of(Value.Map map)
    {
        var members = new ScriptObject();
        foreach (var (name, value) in map.Entries)
        {
            if (value is not Value.Nil)
            {
                members[name] = Of(value);
            }
        }

        return members;
    }

    private static object? Of(Value value) => value switch
    {
        Value.Boolean { Content: var content } => content,
        Value.Integer { Content: var content } => content,
        Value.Number { Content: var content } when content == Math.Floor(content) && Math.Abs(content) < LargestExact => (long)content,
        Value.Number { Content: var content } => content,
        Value.Text { Content: var content } => content,
        Value.List { Items: var items } => new ScriptArray(items.Select(Of)),
        Value.Map map => Of(map),
        _ => null,
    };
}

using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Scriban;
using Scriban.Syntax;
using SourceSpan = Campaign.Diagnostics.SourceSpan;

namespace Campaign.Rendering;

/// <summary>
/// The templates of a project and of one campaign. Templates are Scriban files; they are read and parsed once, and what was rendered is
/// remembered by name and values, so that equal contents are one string. Not thread-safe.
/// </summary>
/// <param name="projectRoot">The folder that holds <c>templates/</c>.</param>
/// <param name="campaignFile">Templates may lie beside the campaign, too, and come before those of the project.</param>
internal sealed class TemplateLibrary(string projectRoot, string campaignFile)
{
    private readonly TemplateFolders _folders = new(
        projectRoot, Path.GetDirectoryName(Path.GetFullPath(campaignFile))!, Path.Combine(projectRoot, "templates"));

    private readonly Dictionary<string, Template> _parsed = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, string Values), string> _rendered = [];

    /// <param name="source">The campaign whose templates these are.</param>
    public TemplateLibrary(CampaignSource source)
        : this(source.ProjectRoot, source.File)
    {
    }

    /// <summary>Full paths of the template files that were read so far, includes among them, sorted; for the snapshot that is kept with the results.</summary>
    public ImmutableArray<string> Files => _folders.FilesRead;

    /// <summary>The text of a template; matches <see cref="TemplateFunction"/>.</summary>
    /// <param name="name">For example <c>host/cmdline</c>.</param>
    /// <param name="values">What the template may use, and nothing else.</param>
    /// <exception cref="CampaignException">
    /// There is no such template, or it is wrong, or it uses a value that it is not given: diagnostics with the template's file, line and column.
    /// </exception>
    public string Render(string name, Value.Map values)
    {
        var key = (name, values.Canonical);
        if (!_rendered.TryGetValue(key, out var text))
        {
            _rendered.Add(key, text = Render(Parsed(name), values));
        }

        return text;
    }

    private string Render(Template template, Value.Map values)
    {
        try
        {
            return template.Render(new StrictContext(_folders, TemplateValues.Of(values)));
        }
        catch (ScriptParserRuntimeException error)
        {
            throw Mistakes(error.ParserMessages);
        }
        catch (ScriptRuntimeException error)
        {
            throw Mistake(Place(error.Span), WholeSentence(error.InnerException?.Message ?? error.OriginalMessage));
        }
    }

    private Template Parsed(string name)
    {
        if (_parsed.TryGetValue(name, out var template))
        {
            return template;
        }

        try
        {
            var path = _folders.Find(name);
            template = Template.Parse(_folders.Read(path), _folders.Display(path));
        }
        catch (TemplateRefusedException refused)
        {
            throw Mistake(null, refused.Message, refused.Hint);
        }

        if (template.HasErrors)
        {
            throw Mistakes(template.Messages);
        }

        _parsed.Add(name, template);
        return template;
    }

    private static CampaignException Mistakes(IEnumerable<Scriban.Parsing.LogMessage> messages) =>
        new([.. messages
            .Where(m => m.Type == Scriban.Parsing.ParserMessageType.Error)
            .Select(m => new Diagnostic(DiagnosticSeverity.Error, Place(m.Span), WholeSentence(m.Message)))]);

    private static CampaignException Mistake(SourceSpan? where, string message, string? hint = null) =>
        new([new Diagnostic(DiagnosticSeverity.Error, where, message, hint)]);

    /// <summary>Scriban counts from 0.</summary>
    private static SourceSpan Place(Scriban.Parsing.SourceSpan span) => new(span.FileName, span.Start.Line + 1, span.Start.Column + 1);

    private static string WholeSentence(string message) => message.EndsWith('.') ? message : message + ".";
}

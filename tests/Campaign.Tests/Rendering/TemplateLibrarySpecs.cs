using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Rendering;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Rendering;

public sealed class TemplateLibrarySpecs : IDisposable
{
    private readonly TempFolder _project = new();

    private TemplateLibrary Library => new(_project.Path, _project["campaigns/sweeps/base.lua"]);

    [Theory]
    [InlineData("{{ whole }} {{ half }} {{ large }} {{ yes }} {{ word }}", "2 0.5 1E+300 true text")]
    [InlineData("{{ for item in list }}{{ item }};{{ end }}", "1;two;")]
    [InlineData("{{ map.inner }}{{ map.inner + 1 }}", "34")]
    [InlineData("{{ 'it''s' | shell_quote }} {{ quoted | shell_quote }}", "its 'a b'")]
    [InlineData("{{ 1 / 4 }} {{ whole / 2 }}", "0.25 1")]
    public void Values_render_as_people_write_them(string template, string expected)
    {
        Write("t", template.Replace("'it''s'", "'its'", StringComparison.Ordinal));
        Assert.Equal(expected, Library.Render("t", Values(
            ("whole", Value.Of(2.0)), ("half", Value.Of(0.5)), ("large", Value.Of(1e300)), ("yes", Value.Of(true)), ("word", Value.Of("text")), ("quoted", Value.Of("a b")),
            ("list", new Value.List([Value.Of(1), Value.Of("two")])), ("map", Values(("inner", Value.Of(3)))))));
    }

    [Theory]
    [InlineData("cpus: {{ coers }}", "templates/t.sbn(1,10): error: The template is not given 'coers'. Did you mean 'cores'? There are: cores, node.")]
    [InlineData("a\n  {{ node.nmae }}", "templates/t.sbn(2,11): error: There is no 'nmae' here. Did you mean 'name'? There are: name.")]
    [InlineData("{{ cores | shell_qoute }}", "templates/t.sbn(1,12): error: The template is not given 'shell_qoute'. Did you mean 'shell_quote'? There are: cores, node.")]
    [InlineData("{{ if }}", "templates/t.sbn(1,7): error:")]
    [InlineData("{{ date.now }}", "templates/t.sbn(1,4): error: The template is not given 'date'.")]
    [InlineData("{{ math.uuid }}", "templates/t.sbn(1,9): error: There is no 'uuid' here.")]
    [InlineData("{{ object.eval '1' }}", "templates/t.sbn(1,11): error: There is no 'eval' here.")]
    [InlineData("{{ 1 / 0 }}", "templates/t.sbn(1,1): error: A number here is not finite")]
    [InlineData("{{ while true }}{{ end }}", "templates/t.sbn(1,4): error: Exceeding number of iteration limit `100000`")]
    [InlineData("{{ func f; f; end; f }}", "templates/t.sbn(1,12): error: Exceeding number of recursive depth limit `50`")]
    [InlineData("{{ x = 'a' }}{{ for i in 1..99 }}{{ x = x + x }}{{ end }}", "templates/t.sbn(1,")]
    [InlineData("{{ include 'other' }}", "templates/t.sbn(1,4): error: There is no template 'other'.")]
    [InlineData("{{ include '../secret' }}", "templates/t.sbn(1,4): error: '../secret' does not name a template.")]
    [InlineData("{{ include '/etc/passwd' }}", "templates/t.sbn(1,4): error: '/etc/passwd' does not name a template.")]
    [InlineData("{{ math.pi = 3 }}", "templates/t.sbn(1,4): error: The object is readonly")]
    public void A_mistake_in_a_template_is_told_with_file_line_and_column(string template, string expected)
    {
        Write("t", template);
        var error = Assert.Throws<CampaignException>(() =>
            Library.Render("t", Values(("cores", Value.Of("1-3")), ("node", Values(("name", Value.Of("forwarder")))))));
        Assert.Equal(ExitCode.Definition, error.Code);
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_an_included_file_names_that_file()
    {
        Write("t", "{{ include 'parts/inner' }}");
        Write("parts/inner", "fine\n{{ missing }}");
        Assert.StartsWith("templates/parts/inner.sbn(2,4): error: The template is not given 'missing'.", Failure("t").Message, StringComparison.Ordinal);

        Write("parts/inner", "{{ if }");
        Assert.StartsWith("templates/parts/inner.sbn(1,7): error:", Failure("t").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_template_is_told_with_a_guess_and_a_list()
    {
        Write("host/cmdline", "");
        Write("container/lxc", "");
        var error = Failure("host/cmdlien");
        Assert.Equal("error: There is no template 'host/cmdlien'. Did you mean 'host/cmdline'?", error.Message);
        Assert.Equal("There are: container/lxc, host/cmdline.", Assert.Single(error.Diagnostics).Hint);
    }

    [Fact]
    public void A_template_beside_the_campaign_comes_before_that_of_the_project()
    {
        Write("t", "project {{ include 'u' }}");
        Write("u", "u of the project");
        Assert.Equal("project u of the project", Library.Render("t", Values()));
        _project.Write("campaigns/sweeps/u.sbn", "u of the campaign");
        Assert.Equal("project u of the campaign", Library.Render("t.sbn", Values()));
    }

    [Theory]
    [InlineData("../t")]
    [InlineData("/etc/passwd")]
    [InlineData("host/../../t")]
    [InlineData(".hidden")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("a\n")]
    [InlineData("")]
    public void Names_that_lead_elsewhere_are_refused(string name) =>
        Assert.Contains("does not name a template", Failure(name).Message, StringComparison.Ordinal);

    [Fact]
    public void Symbolic_links_are_refused()
    {
        _project.Write("secret/key.sbn", "secret");
        Write("t", "");
        File.CreateSymbolicLink(_project["templates/link.sbn"], _project["secret/key.sbn"]);
        Directory.CreateSymbolicLink(_project["templates/folder"], _project["secret"]);

        Assert.Contains("is a symbolic link", Failure("link").Message, StringComparison.Ordinal);
        Assert.Contains("is a symbolic link", Failure("folder/key").Message, StringComparison.Ordinal);
        Write("t", "{{ include 'folder/key' }}");
        Assert.Contains("is a symbolic link", Failure("t").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Very_large_output_and_files_are_refused()
    {
        Write("t", "{{ for i in 1..90000 }}" + new string('x', 100) + "{{ end }}");
        Assert.Contains("OutputLimit", Failure("t").Message, StringComparison.Ordinal);
        Write("t", new string('x', 2_000_000));
        Assert.Contains("at most 1048576", Failure("t").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_values_give_the_same_string_and_a_file_is_read_once()
    {
        Write("t", "{{ a }}");
        var library = Library;
        var first = library.Render("t", Values(("a", Value.Of(1000))));
        Write("t", "changed");
        Assert.Same(first, library.Render("t", Values(("a", Value.Of(1e3)))));
    }

    [Fact]
    public void Every_file_that_was_read_is_known_those_that_were_included_too()
    {
        Write("t", "{{ include 'parts/inner' }}");
        Write("parts/inner", "");
        Write("unused", "");
        var library = Library;
        library.Render("t", Values());
        Assert.Equal([_project["templates/parts/inner.sbn"], _project["templates/t.sbn"]], library.Files);
    }

    [Fact]
    public void A_value_that_is_nil_is_not_there()
    {
        Write("t", "{{ a }}");
        Assert.Contains("not given 'a'", Assert.Throws<CampaignException>(() => Library.Render("t", Values(("a", Value.Nil.Instance)))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();

    private CampaignException Failure(string name) => Assert.Throws<CampaignException>(() => Library.Render(name, Values()));

    private void Write(string name, string content) => _project.Write($"templates/{name}.sbn", content);

    private static Value.Map Values(params (string Name, Value Value)[] entries) =>
        new(entries.Select(e => KeyValuePair.Create(e.Name, e.Value)));
}

using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using Campaign.Topology;
using Campaign.Units;

namespace Campaign.Rendering;

/// <summary>Makes everything that trials will put on hosts, before any host is touched. Pure.</summary>
internal static class TrialRenderer
{
    /// <param name="definition">The campaign; its <c>configure</c> is asked once per cell.</param>
    /// <param name="plan">The plan of that campaign.</param>
    /// <param name="trials">Trials of the plan, in the order in which they are wanted.</param>
    /// <param name="blueprint">The CPUs of the node, told to <c>configure</c> as <c>node</c>.</param>
    /// <exception cref="CampaignException">
    /// <c>configure</c> failed or a template is wrong, for whichever cell: all mistakes together, each with file, line and cell.
    /// </exception>
    public static ImmutableArray<RenderedTrial> Render(
        CampaignDefinition definition, Plan plan, IEnumerable<PlannedTrial> trials, Blueprint blueprint)
    {
        var contents = new CellContents(definition, plan, new ConfigureInput(blueprint.ToValue()));
        var rendered = ImmutableArray.CreateBuilder<RenderedTrial>();
        foreach (var trial in trials)
        {
            var (files, inputs) = contents.Of(trial);
            rendered.Add(new RenderedTrial(trial, plan.Cells[trial.Cell], plan.BootStates[trial.BootState], files, inputs));
        }

        contents.ThrowIfErrors();
        return rendered.ToImmutable();
    }

    /// <summary>Files and digest of every cell that was asked for; the repeats of a cell share them.</summary>
    private sealed class CellContents(CampaignDefinition definition, Plan plan, ConfigureInput input)
    {
        private readonly Dictionary<int, (ImmutableArray<HostFile> Files, Digest Inputs)> _cells = [];
        private readonly Dictionary<string, string> _contents = new(StringComparer.Ordinal);
        private readonly CellErrors _errors = new();

        public (ImmutableArray<HostFile> Files, Digest Inputs) Of(PlannedTrial trial)
        {
            if (!_cells.TryGetValue(trial.Cell, out var known))
            {
                var files = Files(plan.Cells[trial.Cell]);
                _cells.Add(trial.Cell, known = (files, TrialInputs.Of(definition, plan.BootStates[trial.BootState], files)));
            }

            return known;
        }

        public void ThrowIfErrors() => _errors.ThrowIfAny();

        private ImmutableArray<HostFile> Files(Cell cell)
        {
            if (definition.Configure is not { } configure)
            {
                return [];
            }

            ImmutableArray<HostFile> files;
            try
            {
                files = configure(cell, input);
            }
            catch (CampaignException error)
            {
                _errors.Add(error, cell);
                return [];
            }

            foreach (var file in files)
            {
                Check(file, cell);
            }

            return [.. files
                .OrderBy(f => f.Host, StringComparer.Ordinal)
                .ThenBy(f => f.Path, StringComparer.Ordinal)
                .Select(f => f with { Content = Shared(f.Content) })];
        }

        /// <summary>One string for equal contents: a campaign of many cells has few different files.</summary>
        private string Shared(string content)
        {
            _contents.TryAdd(content, content);
            return _contents[content];
        }

        private void Check(HostFile file, Cell cell)
        {
            var testbed = definition.Testbed;
            if (HostNames.Find(testbed, file.Host) is null)
            {
                Complain($"'configure' puts a file on the host '{file.Host}', which the testbed '{testbed.Name}' does not have. It has {HostNames.List(testbed)}.",
                    "Name a host or a role of the testbed.");
            }

            if (file.Path.Length == 0 || file.Path.EndsWith('/') || file.Path.Split('/').Contains(".."))
            {
                Complain($"'configure' names the path '{file.Path}' on '{file.Host}', which does not name a file or leads upwards.", "Write the whole path of the file, without '..'.");
            }

            void Complain(string message, string hint) =>
                _errors.Add(new Diagnostic(DiagnosticSeverity.Error, new SourceSpan(definition.File), message, hint), cell);
        }
    }
}

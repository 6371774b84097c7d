using Campaign.Analysis.Querying;
using Campaign.Diagnostics;
using Campaign.Reporting;
using Campaign.Reporting.Parquet;
using Campaign.Reporting.Texts;

namespace Campaign.Cli.Commands;

/// <summary>The form in which a query answers.</summary>
internal sealed class QueryForm
{
    private readonly bool _json;
    private readonly bool _csv;
    private readonly string? _parquet;

    /// <param name="json">Whether JSON was asked for.</param>
    /// <param name="csv">Whether CSV was asked for.</param>
    /// <param name="parquet">The file, as typed; null: no Parquet.</param>
    /// <exception cref="CampaignException">Several forms were asked for, or the file is no place for Parquet; exit code 2.</exception>
    public QueryForm(bool json, bool csv, string? parquet)
    {
        (_json, _csv, _parquet) = (json, csv, parquet is null ? null : Place(parquet));
        if (new[] { json, csv, parquet is not null }.Count(asked => asked) > 1)
        {
            throw new CampaignException("Only one of --json, --csv and --parquet can be given.", ExitCode.Usage);
        }
    }

    public bool IsForPeople => !_json && !_csv && _parquet is null;

    /// <summary>Writes the file, if one was asked for.</summary>
    /// <returns>What is printed.</returns>
    /// <exception cref="CampaignException">The file cannot be written; exit code 2.</exception>
    public async Task<string> WriteAsync(QueryTable table) =>
        _json ? QueryJson.Of(table) : _csv ? QueryCsv.Of(table) : _parquet is null ? QueryText.Of(table) : await WriteParquetAsync(table, _parquet);

    private static async Task<string> WriteParquetAsync(QueryTable table, string file)
    {
        try
        {
            await ReportFile.WriteAsync(file, output => QueryParquet.WriteAsync(table, output));
            return file + "\n";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(file, e);
        }
    }

    // The file takes the place of what is there: that must not be a device, a folder or somebody's results.
    private static string Place(string typed)
    {
        var path = Path.GetFullPath(typed);
        try
        {
            var taken = path.StartsWith("/dev/", StringComparison.Ordinal) || Directory.Exists(path) || (File.Exists(path) && !IsParquetOrEmpty(path));
            return taken ? throw new CampaignException($"{path} is there already and is no Parquet file.", ExitCode.Usage, "Name another file: --parquet trials.parquet") : path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, e);
        }
    }

    private static bool IsParquetOrEmpty(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[4];
        return file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == 0 || magic.SequenceEqual("PAR1"u8);
    }

    private static CampaignException Refused(string path, Exception why) => new($"{path} cannot be written: {why.Message}", ExitCode.Usage, inner: why);
}

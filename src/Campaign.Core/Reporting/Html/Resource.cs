namespace Campaign.Reporting.Html;

/// <summary>Files of this folder that are part of the program.</summary>
internal static class Resource
{
    public static string Read(string name)
    {
        using var resource = typeof(Resource).Assembly.GetManifestResourceStream("Campaign.Reporting.Html." + name)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}

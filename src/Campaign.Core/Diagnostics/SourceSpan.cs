namespace Campaign.Diagnostics;

/// <summary>A place in a file that a person wrote.</summary>
/// <param name="File">Path as the user named it, or relative to the project.</param>
/// <param name="Line">1-based; 0 when only the file is known.</param>
/// <param name="Column">1-based; 1 when only the line is known.</param>
internal readonly record struct SourceSpan(string File, int Line = 0, int Column = 1)
{
    /// <summary><c>file(line,col)</c>, the form that editors jump to.</summary>
    public override string ToString() => Line == 0 ? File : FormattableString.Invariant($"{File}({Line},{Column})");
}

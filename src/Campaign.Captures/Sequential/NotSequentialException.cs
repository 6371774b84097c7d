namespace Campaign.Captures.Sequential;

/// <summary>The captures need the matcher that takes any: ids are not in order, time runs backwards, a record is damaged, exceptions are too many.</summary>
internal sealed class NotSequentialException : Exception;

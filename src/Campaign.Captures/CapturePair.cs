namespace Campaign.Captures;

/// <summary>A capture before and one behind the device under test, taken with one clock.</summary>
public static partial class CapturePair
{
}

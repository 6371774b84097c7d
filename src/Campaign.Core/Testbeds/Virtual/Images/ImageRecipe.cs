using Campaign.Units;

namespace Campaign.Testbeds.Virtual.Images;

/// <summary>How one entry of the cache is made.</summary>
/// <param name="Name">What it is, for people and as the beginning of its folder's name: <c>root-bookworm</c>.</param>
/// <param name="Suite">The Debian release whose packages it is made of; with <c>-backports</c>, that archive.</param>
/// <param name="Script">A shell script that leaves its results in the folder that it is run in.</param>
/// <param name="Minutes">About how long it takes, for the message that announces it.</param>
internal sealed record ImageRecipe(string Name, string Suite, string Script, double Minutes)
{
    /// <summary>The same script makes the same entry; another one makes another, and the old one stays until it is cleaned away.</summary>
    public string Key => $"{Name}-{Digest.Of(Script).Short}";
}

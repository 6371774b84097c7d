using Campaign.Testbeds.Virtual.Images;
using Xunit;

namespace Campaign.Tests.Testbeds.Virtual;

public sealed class AptSourcesSpecs
{
    private const string Targets =
        """
        http://mirror.example/debian/ bookworm main
        http://mirror.example/debian/ bookworm-updates main
        http://mirror.example/security/ bookworm-security main
        http://mirror.example/debian/ bookworm contrib
        https://other.example/node nodistro main
        """;

    [Fact]
    public void Another_release_comes_from_the_hosts_own_mirrors() => Assert.Equal(
        [
            "deb http://mirror.example/debian/ trixie main", "deb http://mirror.example/debian/ trixie-updates main",
            "deb http://mirror.example/security/ trixie-security main",
        ],
        AptSources.Lines(Targets, "bookworm", "trixie"));

    [Fact]
    public void Backports_come_from_the_main_archive_only() => Assert.Equal(
        ["deb http://mirror.example/debian/ bookworm-backports main"], AptSources.Lines(Targets, "bookworm", "bookworm-backports"));

    [Fact]
    public void A_host_without_debian_sources_has_none() => Assert.Empty(AptSources.Lines("https://other.example/node nodistro main", "bookworm", "trixie"));
}

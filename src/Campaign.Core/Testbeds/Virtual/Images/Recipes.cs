using Campaign.Definition;

namespace Campaign.Testbeds.Virtual.Images;

/// <summary>The recipes of everything that a virtual testbed boots, from <c>templates/image</c>.</summary>
/// <param name="render">The text of a template.</param>
/// <param name="mode">How mmdebstrap becomes root: <c>root</c>, or <c>unshare</c> for an ordinary user.</param>
internal sealed class Recipes(Func<string, Value.Map, string> render, string mode)
{
    /// <summary>The file system of a device under test: <c>image.squashfs</c>.</summary>
    public ImageRecipe Root(string suite) => Image($"root-{suite}", suite, container: false, archive: false);

    /// <summary>The file system of a container, for an overlay: <c>image.squashfs</c>.</summary>
    public ImageRecipe Container(string suite) => Image($"container-{suite}", suite, container: true, archive: false);

    /// <summary>The same in the thesis' form: <c>meta.tar.xz</c>, <c>rootfs.tar.xz</c>.</summary>
    public ImageRecipe Archive(string suite) => Image($"archive-{suite}", suite, container: true, archive: true);

    /// <summary>Folders <c>stock</c> and <c>rt</c>, each with what <see cref="KernelPack"/> reads.</summary>
    public ImageRecipe Kernels(string suite) => new(
        $"kernels-{suite}", suite, render("image/kernels.sh", Map(("suite", Value.Of(suite)), ("mode", Value.Of(mode)))), 1.5);

    /// <summary>A newer QEMU than the host's.</summary>
    public ImageRecipe Qemu(string suite) => new($"qemu-{suite}", $"{suite}-backports", render("image/qemu.sh", Map(("suite", Value.Of(suite)))), 0.2);

    private ImageRecipe Image(string name, string suite, bool container, bool archive) => new(
        name, suite,
        render("image/image.sh", Map(("suite", Value.Of(suite)), ("mode", Value.Of(mode)), ("container", Value.Of(container)), ("archive", Value.Of(archive)))),
        1);

    private static Value.Map Map(params (string Key, Value Value)[] entries) => new(entries.Select(e => KeyValuePair.Create(e.Key, e.Value)));
}

using BenchmarkDotNet.Running;
using Campaign.Benchmarks.Captures;

return args is ["captures", .. var rest] ? CaptureTool.Run(rest) : Switch(args);

static int Switch(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}

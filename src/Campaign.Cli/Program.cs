using Campaign.Cli;
using Campaign.Testbeds.Wire;

// The processes of the local testbed are this program again; they start as often as trials do, so they come first.
if (args is ["wire", .. var wire])
{
    return WireProcess.Main(wire);
}

return await CommandLine.RunAsync(args, TimeProvider.System);

using System.Globalization;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// Entry of the processes that packets go through on the testbeds <c>local</c> and <c>virtual</c>: <c>campaign wire ROLE</c>. The runner starts them and talks to them; nobody
/// types this. Each says <c>ready</c>, waits for its orders, and ends when its standard input does.
/// </summary>
internal static class WireProcess
{
    /// <returns>0 when it ended in order; 1 when it failed and said why on standard error; 2 for an unknown role.</returns>
    public static int Main(string[] args)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        using var output = new StreamWriter(Console.OpenStandardOutput());
        var link = new WireLink(input, output);
        try
        {
            switch (args)
            {
                case ["generator"]: Generator.Run(link); return 0;
                case ["forwarder"]: Forwarder.Run(link); return 0;
                case ["timestamper"]: Timestamper.Run(link, 0, 0); return 0;
                case ["timestamper", var pre, var post]: Timestamper.Run(link, Port(pre), Port(post)); return 0;
                case ["neighbour"]: Neighbour.Run(link); return 0;
                case ["recorder"]: InterruptRecorder.Run(link); return 0;
                default:
                    Console.Error.Write("The roles of 'campaign wire' are generator, forwarder, timestamper, neighbour and recorder; the runner starts them.\n");
                    return 2;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.Write(e.Message + "\n");
            return 1;
        }
    }

    private static int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

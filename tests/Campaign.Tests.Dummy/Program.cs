using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Testing;

// A small program for tests that need a real process.
//   store-writer FOLDER TRIALS [DISTINCT]   stores trial after trial and says 'stored ID' once each is durable
//   store-holder FOLDER                     opens the folder for writing, says 'holds', and waits for the end of its input
try
{
    using var results = ResultsWriter.Open(new ResultsFolder(args[1]), TimeProvider.System);
    if (args[0] == "store-holder")
    {
        Console.Out.WriteLine("holds");
        Console.In.ReadToEnd();
        return 0;
    }

    var planned = SweepSamples.Sweep(int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture));
    var distinct = args.Length > 3 ? int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : 200;
    var sweep = results.BeginSweep(planned, [.. planned.Trials.Select(t => t.Id)]);
    for (var position = 0; position < sweep.Sweep.Trials.Length; position++)
    {
        if (!sweep.Finished.Contains(sweep.Sweep.Trials[position].Id))
        {
            sweep.Append(SweepSamples.Finished(sweep.Sweep, position, distinct: distinct));
            Console.Out.WriteLine($"stored {sweep.Sweep.Trials[position].Id}");
        }
    }

    return 0;
}
catch (CampaignException e)
{
    Console.Error.WriteLine(e.Message);
    return (int)e.Code;
}

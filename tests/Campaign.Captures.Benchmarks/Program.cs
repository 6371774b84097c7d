using Campaign.Captures.Benchmarks;

return CaptureTool.Run(args);

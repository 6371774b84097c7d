using Campaign.Testbeds.Wire;

if (args is ["wire", .. var rest])
    return WireProcess.Main(rest);

return 0;

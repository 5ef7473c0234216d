namespace LxcNative.Orchestrator.Preflight.Hosts;

/// <summary>All rules about the host, in the order of their ids.</summary>
internal static class HostRules
{
    public static readonly HostRule[] All =
    [
        new NotRoot(),
        new CriuMissing(),
        new SelfDumpFails(),
        new FunctionMissing(),
        new KernelFeatureMissing(),
        new NoMemoryTracking(),
        new CapabilityMissing(),
        new NoCgroups(),
        new NoNfTables(),
        new LittleSpace(),
        new IpUnusable(),
        new TarMissing(),
        new ConfigurationOverrides(),
        new StaleKernelCache(),
    ];
}

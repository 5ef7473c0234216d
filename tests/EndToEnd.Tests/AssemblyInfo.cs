using Xunit.v3;

// Host-wide state is compared before and after: two tests at a time would see each other's links and cgroups.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench -- --filter '*Lock*'      (root; CONTAINER names a running LXC container)
BenchmarkSwitcher.FromAssembly(typeof(LxcNative.Bench.LockBenchmarks).Assembly).Run(args);

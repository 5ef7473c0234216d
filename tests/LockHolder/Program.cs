using LxcNative.Native.Files;
using LxcNative.Orchestrator.Locking;

// Locks the network namespace at the given path, says so, and holds the lock until standard input ends or somebody kills it.
using var netns = FileOpen.Open(args[0], OpenFlags.ReadOnly);
using NetworkLock held = NetworkLock.Acquire(netns, new NetworkLockOptions { DiesWithOwner = args[1] == "owned" });
Console.WriteLine("locked");
Console.In.ReadToEnd();

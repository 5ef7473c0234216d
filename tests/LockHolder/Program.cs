using LxcNative.Native.Files;
using LxcNative.Orchestrator.Locking;

// Locks the network namespace at the given path, says so, and holds the lock until standard input ends or somebody kills it.
using var netns = FileOpen.Open(args[0], OpenFlags.ReadOnly);
using var held = NetworkLock.Acquire(netns,
    new NetworkLockOptions { DiesWithOwner = args[1] != "ownerless", Mode = args[1] == "holding" ? NetworkLockMode.Hold : NetworkLockMode.Drop });
Console.WriteLine("locked");
Console.In.ReadToEnd();

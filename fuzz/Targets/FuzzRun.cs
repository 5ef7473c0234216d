using System.Diagnostics;

namespace LxcNative.Fuzz.Targets;

/// <summary>Gives a parser one changed input after the other: it takes it or refuses it, in time, and with no more memory than its size warrants.</summary>
internal sealed class FuzzRun
{
    private const int MostKept = 256;
    private const long MostMemory = 512 << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);
    private readonly FuzzTarget _target;
    private readonly Random _random;
    private readonly List<byte[]> _pool;

    /// <summary>Begins one.</summary>
    /// <param name="target">The parser.</param>
    /// <param name="seed">Of all choices.</param>
    public FuzzRun(FuzzTarget target, int seed)
    {
        (_target, _random) = (target, new Random(seed));
        _pool = [.. target.Seeds];
        foreach (var input in target.Seeds)
            if (!Try(input))
                Failure ??= new FuzzFailure(input, "the parser does not take one of its own seeds");
    }

    /// <summary>How many inputs there were.</summary>
    public long Inputs => Taken + Refused;

    /// <summary>How many it took.</summary>
    public long Taken { get; private set; }

    /// <summary>How many it refused.</summary>
    public long Refused { get; private set; }

    /// <summary>What it must not have done; null for nothing.</summary>
    public FuzzFailure? Failure { get; private set; }

    /// <summary>Goes on until it is told to stop, or there is a failure.</summary>
    public void While(Func<bool> goesOn)
    {
        while (Failure is null && goesOn())
        {
            var input = Mutation.Of(_pool[_random.Next(_pool.Count)], _pool[_random.Next(_pool.Count)], _random);
            // What is taken leads further in, when it is changed again.
            if (Try(input) && Failure is null)
                Keep(input);
        }
    }

    private void Keep(byte[] input)
    {
        if (_pool.Count < MostKept)
            _pool.Add(input);
        else if (_random.Next(_pool.Count) is var at && at >= _target.Seeds.Count)
            _pool[at] = input;
    }

    private bool Try(byte[] input)
    {
        var (start, memory) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        var isTaken = false;
        try
        {
            _target.Parse(input);
            Taken++;
            isTaken = true;
        }
        catch (Exception e) when (_target.Refusals.Any(type => type.IsInstanceOfType(e)))
        {
            Refused++;
        }
        catch (Exception e)
        {
            Failure = new FuzzFailure(input, e.ToString());
        }

        if (Stopwatch.GetElapsedTime(start) is var took && took > s_longest)
            Failure ??= new FuzzFailure(input, $"it took {took}");
        if (GC.GetAllocatedBytesForCurrentThread() - memory is var taken && taken > MostMemory)
            Failure ??= new FuzzFailure(input, $"it took {taken} bytes of memory");
        return isTaken;
    }
}

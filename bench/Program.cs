using System.Globalization;
using BenchmarkDotNet.Running;
using LxcNative.Bench;
using LxcNative.Bench.Tables;

// bench pause|restore|gap|inplace|scaling|check [RUNS], each a page under docs/benchmarks; against PROGRAM [RUNS] prints; anything else is BenchmarkDotNet's.
var runs = args.Length > 1 && int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 20;
switch (args.FirstOrDefault())
{
    case "pause":
        PauseTable.Run(runs);
        break;
    case "restore":
        RestoreTable.Run(runs);
        break;
    case "gap":
        GapTable.Run(runs, args.ElementAtOrDefault(2));
        break;
    case "inplace":
        InPlaceTable.Run(runs, args.ElementAtOrDefault(2));
        break;
    case "scaling":
        ScalingTable.Run(runs);
        break;
    case "check":
        CheckTable.Run(runs);
        break;
    case "against" when args.Length > 1:
        AgainstTable.Run(args[1], args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 20);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(PauseBenchmarks).Assembly).Run(args);
        break;
}

using System.Globalization;
using LxcNative.Fuzz.Targets;

// fuzz [--minutes N] [--seed S] [TARGET ...]: mutates inputs of parsers of foreign bytes, each target for N minutes. An input that makes one fail in a way
// that it must not is kept.
var minutes = 1.0;
var seed = Environment.TickCount;
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--minutes":
            minutes = double.Parse(args[++i], CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = int.Parse(args[++i], CultureInfo.InvariantCulture);
            break;
        default:
            names.Add(args[i]);
            break;
    }
}

var unknown = names.FirstOrDefault(name => AllTargets.List.All(target => target.Name != name));
if (unknown is not null)
{
    Console.Error.WriteLine($"there is no target {unknown}: {string.Join(", ", AllTargets.List.Select(target => target.Name))}");
    return 2;
}

var failed = false;
long inputs = 0;
foreach (var target in AllTargets.List.Where(target => names.Count == 0 || names.Contains(target.Name)))
{
    var run = new FuzzRun(target, seed);
    var end = DateTime.UtcNow.AddMinutes(minutes);
    run.While(() => DateTime.UtcNow < end);
    inputs += run.Inputs;
    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {run.Inputs} inputs, {run.Taken} taken, {run.Refused} refused, seed {seed}"));
    if (run.Failure is not { } failure)
        continue;
    failed = true;
    Directory.CreateDirectory("out/fuzz");
    var kept = $"out/fuzz/{target.Name}.input";
    File.WriteAllBytes(kept, failure.Input);
    Console.WriteLine($"{target.Name} FAILED, the input is {kept}: {failure.What}");
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inputs} inputs in all"));
return failed ? 1 : 0;

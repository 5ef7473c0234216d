namespace LxcNative.Bench.Tables;

/// <summary>Measurements of one thing.</summary>
internal sealed class Series
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Median => At(0.5);

    public double Low => At(0.1);

    public double High => At(0.9);

    public double Worst => At(1);

    public void Add(double value) => _values.Add(value);

    private double At(double share)
    {
        var sorted = _values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Round((sorted.Count - 1) * share)];
    }
}

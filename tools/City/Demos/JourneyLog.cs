namespace Scoring.City.Demos;

/// <summary>Writes the steps of a participant's journey, and keeps the expectations that failed.</summary>
/// <param name="to">Receives the lines.</param>
public sealed class JourneyLog(TextWriter to)
{
    private readonly List<string> _failures = [];

    /// <summary>The expectations that failed.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Writes one step.</summary>
    public void Step(string text) => to.WriteLine($"  - {text}");

    /// <summary>Writes a line below a step.</summary>
    public void Detail(string text) => to.WriteLine($"     {text}");

    /// <summary>Adds the expectation to the failures when it is not met.</summary>
    public void Expect(bool isMet, string expectation)
    {
        if (!isMet) _failures.Add(expectation);
    }
}

namespace Scoring.Programmes;

/// <summary>Programme documents have faults. The message names each of them.</summary>
public sealed class ProgrammesRefusedException(IEnumerable<string> faults)
    : Exception(
        "The programme documents have faults. Correct them:" + string.Concat(faults.Select(fault => Environment.NewLine + "- " + fault)));

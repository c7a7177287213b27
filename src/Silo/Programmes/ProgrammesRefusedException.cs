namespace Scoring.Programmes;

/// <summary>Programme documents cannot be used; each fault is named.</summary>
public sealed class ProgrammesRefusedException(IEnumerable<string> faults)
    : Exception("The programme documents are refused:" + string.Concat(faults.Select(fault => Environment.NewLine + "- " + fault)));

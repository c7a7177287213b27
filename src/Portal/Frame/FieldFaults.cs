namespace Scoring.Frame;

/// <summary>Finds what is wrong with a field.</summary>
internal static class FieldFaults
{
    /// <summary>Returns the first fault of a field, or <see langword="null"/>.</summary>
    public static string? Of(string field, IReadOnlyList<(string Field, string Text)> faults) =>
        faults.Where(fault => fault.Field == field).Select(fault => fault.Text).FirstOrDefault();
}

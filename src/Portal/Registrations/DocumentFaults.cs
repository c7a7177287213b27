using Scoring.Client;

namespace Scoring.Registrations;

/// <summary>Finds the field of a form that a problem of a document is about.</summary>
internal static class DocumentFaults
{
    private const string DocumentPointer = "/document";

    /// <summary>Returns what is wrong, each at its field. A problem that is about no field is at the first one.</summary>
    /// <param name="problem">The refusal.</param>
    /// <param name="fields">The names of the form's fields, in their order.</param>
    public static IEnumerable<(string Field, string Text)> Of(ProblemDocument problem, IEnumerable<string> fields)
    {
        var known = fields.ToArray();
        var found = (problem.Problems ?? []).Select(each => (each.Pointer, Text: each.Help))
            .Concat((problem.Errors ?? []).Select(error => (error.Pointer, Text: error.Detail)))
            .Select(each => (FieldOf(each.Pointer, known), each.Text)).ToArray();
        return found.Length > 0 ? found : [(known[0], problem.Detail ?? problem.Title)];
    }

    /// <summary>A pointer into a list of codes, or into a key, is about the field of the whole.</summary>
    private static string FieldOf(string pointer, string[] fields)
    {
        if (pointer.StartsWith(DocumentPointer, StringComparison.Ordinal)) pointer = pointer[DocumentPointer.Length..];
        var field = pointer.TrimStart('/').Replace('/', '-');
        while (field.Length > 0 && !fields.Contains(field))
            field = field.LastIndexOf('-') is > 0 and var end ? field[..end] : "";
        return field.Length > 0 ? field : fields[0];
    }
}

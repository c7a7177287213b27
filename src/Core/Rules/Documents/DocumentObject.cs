using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scoring.Rules;

/// <summary>
/// One object of a document while it is read: members are asked for by name, and what was not asked for is unknown. A fault is noted and
/// reading goes on with an empty value, so that all faults are named at once.
/// </summary>
internal sealed class DocumentObject
{
    private readonly Dictionary<string, JsonElement> left = new(StringComparer.Ordinal);
    private readonly Problems problems;

    private DocumentObject(string pointer, Problems problems) => (Pointer, this.problems) = (pointer, problems);

    public string Pointer { get; }

    public Problems Problems => problems;

    public IEnumerable<string> Names => left.Keys;

    public static DocumentObject Of(JsonElement element, string pointer, Problems problems)
    {
        var members = new DocumentObject(pointer, problems);
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(pointer, ProblemCode.TypeWrong, "An object is expected here.");
            return members.Nothing();
        }
        foreach (var (name, value) in Named(element, pointer, problems))
            if (!members.left.TryAdd(name, value))
                problems.Add(members.At(name), ProblemCode.MemberDuplicate, "This member is there twice.");
        return members;
    }

    /// <summary>Set when there was no object at all: that one fault says it, and no member is missed.</summary>
    public bool IsNothing { get; private set; }

    public string At(string name) =>
        $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public bool Has(string name) => left.ContainsKey(name);

    public string Text(string name, int lengthMax)
    {
        if (Take(name, JsonValueKind.String, "A text") is not { } element) return "";
        return Texted(element, At(name), lengthMax);
    }

    public string Texted(JsonElement element, string pointer, int lengthMax)
    {
        var text = element.ValueKind == JsonValueKind.String ? Unicode(element) : null;
        if (text is { Length: > 0 } && text.Length <= lengthMax && !text.Any(char.IsControl)
            && text.Trim().Length == text.Length) return text;
        problems.Add(
            pointer, element.ValueKind == JsonValueKind.String ? ProblemCode.TextWrong : ProblemCode.TypeWrong,
            $"A text of 1 to {lengthMax} characters, no control characters, no outer blanks.");
        return "";
    }

    /// <summary>A text of a form; empty when it is not of it.</summary>
    public string Form(string name, Regex form, string help)
    {
        if (Take(name, JsonValueKind.String, "A text") is not { } element) return "";
        return Formed(element, At(name), form, help);
    }

    public string Formed(JsonElement element, string pointer, Regex form, string help)
    {
        var text = element.ValueKind == JsonValueKind.String ? Unicode(element) : null;
        if (text is not null && form.IsMatch(text)) return text;
        problems.Add(pointer, element.ValueKind == JsonValueKind.String ? ProblemCode.FormWrong : ProblemCode.TypeWrong, help);
        return "";
    }

    /// <summary>An integer from <paramref name="min"/> to <paramref name="max"/>, both inclusive.</summary>
    public long? Integer(string name, long min, long max) =>
        Take(name, JsonValueKind.Number, "An integer") is { } element ? Whole(element, At(name), min, max) : null;

    public long? Whole(JsonElement element, string pointer, long min, long max)
    {
        var isWhole = element.ValueKind == JsonValueKind.Number && !element.GetRawText().AsSpan().ContainsAny(".eE");
        if (!isWhole) problems.Add(pointer, ProblemCode.TypeWrong, "An integer is expected here.");
        else if (!element.TryGetInt64(out var value) || value < min || value > max)
            problems.Add(pointer, ProblemCode.OutOfRange, $"From {min} to {max}, both inclusive.");
        else return value;
        return null;
    }

    public bool Boolean(string name)
    {
        if (Take(name) is not { } element) return false;
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            problems.Add(At(name), ProblemCode.TypeWrong, "True or false is expected here.");
        return element.ValueKind == JsonValueKind.True;
    }

    public DateOnly? Day(string name)
    {
        if (Take(name, JsonValueKind.String, "A day") is not { } element) return null;
        if (DateOnly.TryParseExact(Unicode(element), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        problems.Add(At(name), ProblemCode.FormWrong, "A day as 2026-11-23 is expected here.");
        return null;
    }

    public T Word<T>(string name, EnumNames<T> words) where T : struct, Enum
    {
        if (Take(name, JsonValueKind.String, "A word") is not { } element) return default;
        if (Unicode(element) is { } word && words.Find(word) is { } value) return value;
        problems.Add(At(name), ProblemCode.WordUnknown, $"One of {words.All}.");
        return default;
    }

    /// <summary>The elements of an array of <paramref name="min"/> to <paramref name="max"/>, each with its place.</summary>
    public IReadOnlyList<(JsonElement Element, string Pointer)> List(string name, int min, int max)
    {
        if (Take(name, JsonValueKind.Array, "An array") is not { } element) return [];
        var count = element.GetArrayLength();
        if (count < min || count > max) problems.Add(At(name), ProblemCode.CountWrong, $"From {min} to {max} elements.");
        return [.. element.EnumerateArray().Take(max).Select((part, index) => (part, $"{At(name)}/{index}"))];
    }

    public JsonElement? Take(string name)
    {
        if (left.Remove(name, out var element)) return element;
        if (!IsNothing) problems.Add(At(name), ProblemCode.MemberMissing, "This member is missing.");
        return null;
    }

    /// <summary>Names whatever is left.</summary>
    public void Close()
    {
        foreach (var name in left.Keys) problems.Add(At(name), ProblemCode.MemberUnknown, "No such member.");
        left.Clear();
    }

    private DocumentObject Nothing()
    {
        IsNothing = true;
        return this;
    }

    private JsonElement? Take(string name, JsonValueKind kind, string what)
    {
        if (Take(name) is not { } element) return null;
        if (element.ValueKind == kind) return element;
        problems.Add(At(name), ProblemCode.TypeWrong, $"{what} is expected here.");
        return null;
    }

    private static IEnumerable<(string Name, JsonElement Value)> Named(JsonElement element, string pointer, Problems problems)
    {
        foreach (var member in element.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                problems.Add(pointer, ProblemCode.TextWrong, "A member's name is no Unicode.");
                continue;
            }
            yield return (name, member.Value);
        }
    }

    /// <summary>The text; <see langword="null"/> when it is a half of a pair of UTF-16 units.</summary>
    private static string? Unicode(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

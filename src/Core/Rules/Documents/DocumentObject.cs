using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Scoring.Rules;

/// <summary>
/// Reads one JSON object of a document. The caller reads members by name; <see cref="Close"/> reports those that it did not read. A fault
/// is added to the problems and reading continues with an empty value, so one pass reports all faults.
/// </summary>
internal sealed class DocumentObject
{
    private readonly Dictionary<string, JsonElement> _unread = new(StringComparer.Ordinal);

    private DocumentObject(string pointer, Problems problems)
    {
        Pointer = pointer;
        Problems = problems;
    }

    /// <summary>The object's JSON pointer (RFC 6901) in the document.</summary>
    public string Pointer { get; }

    /// <summary>The problems of the document.</summary>
    public Problems Problems { get; }

    /// <summary>The names of the members that are not read yet.</summary>
    public IEnumerable<string> Names => _unread.Keys;

    /// <summary>
    /// Whether the element is not an object. The problem that says so is the only one: missing members are not reported as well.
    /// </summary>
    public bool IsNotObject { get; private set; }

    /// <summary>Begins to read an element, and reports members that occur twice.</summary>
    public static DocumentObject Of(JsonElement element, string pointer, Problems problems)
    {
        var members = new DocumentObject(pointer, problems);
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(pointer, ProblemCode.TypeWrong, "An object is expected here.");
            members.IsNotObject = true;
            return members;
        }
        foreach (var (name, value) in NamedMembers(element, pointer, problems))
            if (!members._unread.TryAdd(name, value))
                problems.Add(members.PointerTo(name), ProblemCode.MemberDuplicate, "This member occurs twice.");
        return members;
    }

    /// <summary>The JSON pointer (RFC 6901) of a member.</summary>
    public string PointerTo(string name) =>
        $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>Whether there is such a member that is not read yet.</summary>
    public bool Has(string name) => _unread.ContainsKey(name);

    /// <summary>
    /// Reads a text of 1 to <paramref name="lengthMax"/> UTF-16 units without control characters and outer white space; empty at a fault.
    /// </summary>
    public string ReadText(string name, int lengthMax) =>
        Take(name, JsonValueKind.String, "A text") is { } element ? ReadText(element, PointerTo(name), lengthMax) : "";

    /// <summary>Reads a text that is not a member, as an element of an array.</summary>
    public string ReadText(JsonElement element, string pointer, int lengthMax)
    {
        var text = element.ValueKind == JsonValueKind.String ? UnicodeText(element) : null;
        if (text is { Length: > 0 } && text.Length <= lengthMax && !text.Any(char.IsControl)
            && text.Trim().Length == text.Length) return text;
        Problems.Add(
            pointer, element.ValueKind == JsonValueKind.String ? ProblemCode.TextWrong : ProblemCode.TypeWrong,
            $"A text of 1 to {lengthMax} characters is expected, without control characters and outer blanks.");
        return "";
    }

    /// <summary>Reads a text that matches a pattern; empty at a fault.</summary>
    public string ReadName(string name, Regex pattern, string help) =>
        Take(name, JsonValueKind.String, "A text") is { } element ? ReadName(element, PointerTo(name), pattern, help) : "";

    /// <summary>Reads a text that matches a pattern and is not a member, as an element of an array.</summary>
    public string ReadName(JsonElement element, string pointer, Regex pattern, string help)
    {
        var text = element.ValueKind == JsonValueKind.String ? UnicodeText(element) : null;
        if (text is not null && pattern.IsMatch(text)) return text;
        Problems.Add(pointer, element.ValueKind == JsonValueKind.String ? ProblemCode.FormWrong : ProblemCode.TypeWrong, help);
        return "";
    }

    /// <summary>
    /// Reads an integer from <paramref name="min"/> to <paramref name="max"/>, both inclusive; <see langword="null"/> at a fault.
    /// </summary>
    public long? ReadInteger(string name, long min, long max) =>
        Take(name, JsonValueKind.Number, "An integer") is { } element ? ReadInteger(element, PointerTo(name), min, max) : null;

    /// <summary>Reads an integer that is not a member. A fraction or an exponent is a fault, also in <c>1.0</c>.</summary>
    public long? ReadInteger(JsonElement element, string pointer, long min, long max)
    {
        var isInteger = element.ValueKind == JsonValueKind.Number && !element.GetRawText().AsSpan().ContainsAny(".eE");
        if (!isInteger) Problems.Add(pointer, ProblemCode.TypeWrong, "An integer is expected here.");
        else if (!element.TryGetInt64(out var value) || value < min || value > max)
            Problems.Add(pointer, ProblemCode.OutOfRange, $"A number from {min} to {max} is expected, both inclusive.");
        else return value;
        return null;
    }

    /// <summary>Reads a boolean; <see langword="false"/> at a fault.</summary>
    public bool ReadBoolean(string name)
    {
        if (Take(name) is not { } element) return false;
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Problems.Add(PointerTo(name), ProblemCode.TypeWrong, "True or false is expected here.");
        return element.ValueKind == JsonValueKind.True;
    }

    /// <summary>Reads an ISO date; <see langword="null"/> at a fault.</summary>
    public DateOnly? ReadDay(string name)
    {
        if (Take(name, JsonValueKind.String, "A day") is not { } element) return null;
        if (DateOnly.TryParseExact(UnicodeText(element), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Problems.Add(PointerTo(name), ProblemCode.FormWrong, "A day such as 2026-11-23 is expected here.");
        return null;
    }

    /// <summary>Reads a word of a closed list; the default value, which no word means, at a fault.</summary>
    public T ReadWord<T>(string name, EnumNames<T> words) where T : struct, Enum
    {
        if (Take(name, JsonValueKind.String, "A word") is not { } element) return default;
        if (UnicodeText(element) is { } word && words.Find(word) is { } value) return value;
        Problems.Add(PointerTo(name), ProblemCode.WordUnknown, $"One of these words is expected: {words.All}.");
        return default;
    }

    /// <summary>
    /// Reads the elements of an array of <paramref name="min"/> to <paramref name="max"/>, each with its pointer. Elements past the limit
    /// are left out.
    /// </summary>
    public IReadOnlyList<(JsonElement Element, string Pointer)> ReadArray(string name, int min, int max)
    {
        if (Take(name, JsonValueKind.Array, "An array") is not { } element) return [];
        var count = element.GetArrayLength();
        if (count < min || count > max)
            Problems.Add(PointerTo(name), ProblemCode.CountWrong, $"An array of {min} to {max} elements is expected.");
        return [.. element.EnumerateArray().Take(max).Select((part, index) => (part, $"{PointerTo(name)}/{index}"))];
    }

    /// <summary>Takes a required member of any type, which then counts as read; <see langword="null"/> when it is missing.</summary>
    public JsonElement? Take(string name)
    {
        if (_unread.Remove(name, out var element)) return element;
        if (!IsNotObject) Problems.Add(PointerTo(name), ProblemCode.MemberMissing, "This member is missing.");
        return null;
    }

    /// <summary>Reports every member that was not read as unknown.</summary>
    public void Close()
    {
        foreach (var name in _unread.Keys) Problems.Add(PointerTo(name), ProblemCode.MemberUnknown, "There is no such member.");
        _unread.Clear();
    }

    private JsonElement? Take(string name, JsonValueKind kind, string expected)
    {
        if (Take(name) is not { } element) return null;
        if (element.ValueKind == kind) return element;
        Problems.Add(PointerTo(name), ProblemCode.TypeWrong, $"{expected} is expected here.");
        return null;
    }

    private static IEnumerable<(string Name, JsonElement Value)> NamedMembers(JsonElement element, string pointer, Problems problems)
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
                problems.Add(pointer, ProblemCode.TextWrong, "The name of a member is not valid Unicode.");
                continue;
            }
            yield return (name, member.Value);
        }
    }

    /// <summary>The text; <see langword="null"/> when it has an unpaired surrogate.</summary>
    private static string? UnicodeText(JsonElement element)
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

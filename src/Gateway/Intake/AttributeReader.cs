using System.Text;
using Scoring.Limits;

namespace Scoring.Intake;

/// <summary>Checks the context attributes of CloudEvents 1.0, which arrive as text in JSON or in headers.</summary>
internal sealed class AttributeReader(SourceSchema source, GatewayLimits limits, FaultList faults)
{
    private readonly List<string> _extensions = [];

    /// <summary>Whether the catalogue lacks the event's type. The catalogue may have changed since it was read.</summary>
    public bool Missed { get; private set; }

    /// <summary>Starts the next event and discards the one before.</summary>
    public void Begin() => _extensions.Clear();

    /// <summary>The member with a name; <see cref="CloudEventMembers.None"/> for an extension attribute.</summary>
    public static CloudEventMembers MemberOf(ReadOnlySpan<char> name) => name switch
    {
        "specversion" => CloudEventMembers.SpecVersion,
        "id" => CloudEventMembers.Id,
        "source" => CloudEventMembers.Source,
        "type" => CloudEventMembers.Type,
        "time" => CloudEventMembers.Time,
        "subject" => CloudEventMembers.Subject,
        "dataschema" => CloudEventMembers.DataSchema,
        "datacontenttype" => CloudEventMembers.DataContentType,
        "data" => CloudEventMembers.Data,
        "data_base64" => CloudEventMembers.DataBase64,
        _ => CloudEventMembers.None,
    };

    /// <summary>
    /// Registers that a member occurs. Adds a fault and returns <see langword="false"/> when it is a duplicate or not allowed.
    /// </summary>
    public bool TryRegister(ref EventDraft draft, CloudEventMembers member, ReadOnlySpan<char> name)
    {
        if (member != CloudEventMembers.None)
        {
            var isDuplicate = (draft.Present & member) != 0;
            draft.Present |= member;
            if (isDuplicate) faults.Add(draft.Index, FaultList.Member("", name), FaultList.Duplicate);
            return !isDuplicate;
        }

        foreach (var c in name)
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9'))) return NotAnAttribute(draft.Index, name);
        if (name.IsEmpty) return NotAnAttribute(draft.Index, name);
        foreach (var other in _extensions)
            if (name.SequenceEqual(other)) return Refuse(draft.Index, FaultList.Member("", name), FaultList.Duplicate);
        if (_extensions.Count == limits.ExtensionsMax)
            return Refuse(draft.Index, "", $"There are more than {limits.ExtensionsMax} extension attributes.");
        _extensions.Add(name.ToString());
        return true;
    }

    /// <summary>Checks a member's value, which is text, and adds a fault when it is not valid.</summary>
    public void CheckText(ref EventDraft draft, CloudEventMembers member, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        draft.Set |= member;
        var fault = member switch
        {
            CloudEventMembers.SpecVersion => value is "1.0" ? null : "It must be 1.0.",
            CloudEventMembers.Id => ReadId(ref draft, value),
            CloudEventMembers.Source => value.SequenceEqual(source.Id) ? null : "It must be the source that the token names.",
            CloudEventMembers.Type => ReadType(ref draft, value),
            CloudEventMembers.Time => ReadTime(ref draft, value),
            CloudEventMembers.Subject => value.IsEmpty ? "It must not be empty." : null,
            CloudEventMembers.DataSchema => IsUri(value) ? null : "It must be an absolute URI.",
            CloudEventMembers.DataContentType => IsJson(value) ? null : "It must be a JSON media type in UTF-8.",
            _ => null,
        };
        if (fault is not null) faults.Add(draft.Index, FaultList.Member("", name), fault);
    }

    /// <summary>
    /// Adds a fault for each required attribute that is absent. CloudEvents allows events without time; this API does not.
    /// </summary>
    public void AddMissing(in EventDraft draft)
    {
        Require(draft, CloudEventMembers.SpecVersion, "/specversion");
        Require(draft, CloudEventMembers.Id, "/id");
        Require(draft, CloudEventMembers.Source, "/source");
        Require(draft, CloudEventMembers.Type, "/type");
        Require(draft, CloudEventMembers.Time, "/time");
    }

    private void Require(in EventDraft draft, CloudEventMembers member, string pointer)
    {
        if ((draft.Set & member) == 0) faults.Add(draft.Index, pointer, FaultList.Missing);
    }

    private string? ReadId(ref EventDraft draft, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) return "It must not be empty.";
        foreach (var c in value)
            if (char.IsControl(c)) return "It must not contain control characters.";
        if (Encoding.UTF8.GetByteCount(value) > limits.EventIdBytesMax)
            return $"It must not be longer than {limits.EventIdBytesMax} bytes.";
        draft.Id = value.ToString();
        return null;
    }

    private string? ReadType(ref EventDraft draft, ReadOnlySpan<char> value)
    {
        draft.Schema = source.Type(value);
        if (draft.Schema is not null) return null;
        Missed = true;
        return "It must be an event type that this source may send.";
    }

    private static string? ReadTime(ref EventDraft draft, ReadOnlySpan<char> value) => Rfc3339.Read(value, out draft.Time) switch
    {
        InstantParseResult.Malformed => "It must be an instant with offset (RFC 3339).",
        InstantParseResult.OutOfRange => "It must be in the years 1 to 9999.",
        _ => null,
    };

    private static bool IsJson(ReadOnlySpan<char> mediaType) =>
        mediaType is EventContent.Json || EventContent.IsJson(mediaType.ToString());

    private static bool IsUri(ReadOnlySpan<char> value)
    {
        var colon = value.IndexOf(':');
        if (colon < 1 || !char.IsAsciiLetter(value[0])) return false;
        foreach (var c in value[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;
        foreach (var c in value)
            if (c is <= ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' || char.IsControl(c)) return false;
        return true;
    }

    private bool NotAnAttribute(int index, ReadOnlySpan<char> name) =>
        Refuse(index, FaultList.Member("", name), "An attribute's name must consist of lower-case letters and digits.");

    private bool Refuse(int index, string pointer, string detail)
    {
        faults.Add(index, pointer, detail);
        return false;
    }
}

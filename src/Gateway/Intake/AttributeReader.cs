using System.Text;
using Scoring.Limits;

namespace Scoring.Intake;

/// <summary>Checks the context attributes of CloudEvents 1.0 that arrive as text, in JSON or in headers.</summary>
internal sealed class AttributeReader(SourceSchema source, GatewayLimits limits, FaultList faults)
{
    private readonly List<string> extensions = [];

    /// <summary>Whether a name was not in the catalogue, which may have changed since it was read.</summary>
    public bool Missed { get; private set; }

    /// <summary>Forgets the event before.</summary>
    public void Begin() => extensions.Clear();

    /// <summary>Which member a name is; <see cref="CloudEventMembers.None"/> for an extension attribute.</summary>
    public static CloudEventMembers Known(ReadOnlySpan<char> name) => name switch
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

    /// <summary>Notes that a member is there. False when it may not be, which is then a fault.</summary>
    public bool Note(ref EventDraft draft, CloudEventMembers member, ReadOnlySpan<char> name)
    {
        if (member != CloudEventMembers.None)
        {
            var again = (draft.Seen & member) != 0;
            draft.Seen |= member;
            if (again) faults.Add(draft.Index, FaultList.Member("", name), "This member is there twice.");
            return !again;
        }

        foreach (var c in name)
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9'))) return NotAnAttribute(draft.Index, name);
        if (name.IsEmpty) return NotAnAttribute(draft.Index, name);
        foreach (var other in extensions)
            if (name.SequenceEqual(other)) return Refuse(draft.Index, FaultList.Member("", name), "This member is there twice.");
        if (extensions.Count == limits.ExtensionsMax)
            return Refuse(draft.Index, "", $"There are more than {limits.ExtensionsMax} extension attributes.");
        extensions.Add(name.ToString());
        return true;
    }

    /// <summary>Checks a value that is text.</summary>
    public void Text(ref EventDraft draft, CloudEventMembers member, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        draft.Set |= member;
        var fault = member switch
        {
            CloudEventMembers.SpecVersion => value is "1.0" ? null : "Only CloudEvents 1.0 is taken.",
            CloudEventMembers.Id => Id(ref draft, value),
            CloudEventMembers.Source => value.SequenceEqual(source.Id) ? null : "It must be the source that the token names.",
            CloudEventMembers.Type => Type(ref draft, value),
            CloudEventMembers.Time => Time(ref draft, value),
            CloudEventMembers.Subject => value.IsEmpty ? "It must not be empty." : null,
            CloudEventMembers.DataSchema => IsUri(value) ? null : "It must be an absolute URI.",
            CloudEventMembers.DataContentType => EventContent.IsJson(value.ToString()) ? null : "It must be a JSON media type in UTF-8.",
            _ => null,
        };
        if (fault is not null) faults.Add(draft.Index, FaultList.Member("", name), fault);
    }

    /// <summary>Names every attribute that must be there and is not. Time is optional in CloudEvents, but not here.</summary>
    public void Missing(in EventDraft draft)
    {
        Need(draft, CloudEventMembers.SpecVersion, "/specversion");
        Need(draft, CloudEventMembers.Id, "/id");
        Need(draft, CloudEventMembers.Source, "/source");
        Need(draft, CloudEventMembers.Type, "/type");
        Need(draft, CloudEventMembers.Time, "/time");
    }

    private void Need(in EventDraft draft, CloudEventMembers member, string pointer)
    {
        if ((draft.Set & member) == 0) faults.Add(draft.Index, pointer, "It is missing.");
    }

    private string? Id(ref EventDraft draft, ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) return "It must not be empty.";
        foreach (var c in value)
            if (char.IsControl(c)) return "It must not hold control characters.";
        if (Encoding.UTF8.GetByteCount(value) > limits.EventIdBytesMax)
            return $"It must not be longer than {limits.EventIdBytesMax} bytes.";
        draft.Id = value.ToString();
        return null;
    }

    private string? Type(ref EventDraft draft, ReadOnlySpan<char> value)
    {
        draft.Schema = source.Type(value);
        if (draft.Schema is not null) return null;
        Missed = true;
        return "It is not an event type that this source may send.";
    }

    private static string? Time(ref EventDraft draft, ReadOnlySpan<char> value) => Rfc3339.Read(value, out draft.Time) switch
    {
        InstantParseResult.Malformed => "It must be an instant with offset as in RFC 3339.",
        InstantParseResult.OutOfRange => "It is out of range.",
        _ => null,
    };

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
        Refuse(index, FaultList.Member("", name), "An attribute's name has lower-case letters and digits only.");

    private bool Refuse(int index, string pointer, string detail)
    {
        faults.Add(index, pointer, detail);
        return false;
    }
}

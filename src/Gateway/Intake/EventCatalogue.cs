using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scoring.Events;
using Scoring.Programmes;
using Scoring.Scores;

namespace Scoring.Intake;

/// <summary>The catalogue, indexed for checking events.</summary>
internal sealed class EventCatalogue(Catalogue catalogue)
{
    // A hypothetical event has no source, and rules do not depend on the source. The text is part of the event's body.
    private const string NoSource = "urn:scoring:made-up";

    private readonly FrozenDictionary<string, SourceSchema> _sources = Sources(catalogue);
    private readonly FrozenDictionary<string, FrozenDictionary<string, EventSchema>> _acceptedTypes = AcceptedTypes(catalogue);

    /// <summary>What a service may be told; <see langword="null"/> when it is not registered.</summary>
    public ServiceSchema? FindService(string service) =>
        catalogue.Services.FirstOrDefault(known => known.Id == service) is { } found && catalogue.Find(found.Programme) is { } published
            ? new ServiceSchema(found.Programme, published.Programme.Floor, published.InForce(published.Today).Tiers)
            : null;

    /// <summary>What the source may send; <see langword="null"/> when it is not registered or is stopped.</summary>
    public SourceSchema? Find(string source) => _sources.GetValueOrDefault(source);

    /// <summary>
    /// The event types that a programme accepts now from any source, by name. It is empty when the programme is suspended or has ended, and
    /// <see langword="null"/> when the programme is not published.
    /// </summary>
    public FrozenDictionary<string, EventSchema>? AcceptedBy(ProgrammeId programme) => _acceptedTypes.GetValueOrDefault(programme.Value);

    // The catalogue leaves out what is suspended or has ended, so that it is answered like a name that was never registered.
    private static FrozenDictionary<string, SourceSchema> Sources(Catalogue catalogue)
    {
        var programmes = catalogue.Programmes.Where(p => p is { Suspended: false, Ended: false })
            .ToFrozenDictionary(p => p.Programme.Id.Value, p => new ProgrammeSchema(p.Programme.Id, p.Programme.EventTypes.ToFrozenSet()));
        return catalogue.Sources.Where(source => !source.Stopped).ToFrozenDictionary(source => source.Id, source => new SourceSchema(
            source.Id,
            [.. source.Clients],
            catalogue.EventTypes.Where(type => type.Family == source.Family && !type.Stopped)
                .ToFrozenDictionary(type => type.Name, type => new EventSchema(type, source.Id)),
            programmes));
    }

    private static FrozenDictionary<string, FrozenDictionary<string, EventSchema>> AcceptedTypes(Catalogue catalogue) =>
        catalogue.Programmes.ToFrozenDictionary(
            p => p.Programme.Id.Value,
            p => catalogue.EventTypes
                .Where(type => p is { Suspended: false, Ended: false } && !type.Stopped && p.Programme.EventTypes.Contains(type.Name))
                .ToFrozenDictionary(type => type.Name, type => new EventSchema(type, NoSource)));
}

/// <summary>What one source may send.</summary>
internal sealed class SourceSchema(
    string id, string[] clients, FrozenDictionary<string, EventSchema> types, FrozenDictionary<string, ProgrammeSchema> programmes)
{
    /// <summary>What no source may send: an event without a source.</summary>
    public static SourceSchema None { get; } =
        new("", [], FrozenDictionary<string, EventSchema>.Empty, FrozenDictionary<string, ProgrammeSchema>.Empty);

    /// <summary>The only <c>source</c> that its events may have.</summary>
    public string Id => id;

    /// <summary>
    /// Whether a token issued to these clients may speak for the source: all of them are registered for it, or it has no registered client.
    /// </summary>
    public bool Admits(ImmutableArray<string> tokenClients) =>
        clients.Length == 0 || (!tokenClients.IsEmpty && tokenClients.All(client => clients.Contains(client)));

    /// <summary>The event type with a name in the source's own family.</summary>
    public EventSchema? Type(ReadOnlySpan<char> name) =>
        types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var type) ? type : null;

    /// <summary>The published programme with a name.</summary>
    public ProgrammeSchema? Programme(ReadOnlySpan<char> name) =>
        programmes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var programme) ? programme : null;
}

/// <summary>A programme that accepts events.</summary>
/// <param name="Id">The programme's name.</param>
/// <param name="Types">The names of the event types that it accepts.</param>
internal sealed record ProgrammeSchema(ProgrammeId Id, FrozenSet<string> Types);

/// <summary>An event type of one source, with the constant parts of its entries' bodies as bytes.</summary>
internal sealed class EventSchema
{
    private const int AttributesMax = 32;
    private const int IntegerBytesMax = 20;

    /// <summary>Prepares the constant parts of a type's bodies.</summary>
    public EventSchema(EventType type, string source)
    {
        if (type.Attributes.Length > AttributesMax) throw new InvalidOperationException("An event type has too many attributes.");
        Name = type.Name;
        Attributes = [.. type.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => new AttributeSchema(a))];
        Tail = [.. "},\"source\":"u8, .. Quoted(source), .. ",\"type\":"u8, .. Quoted(type.Name), (byte)'}'];
        BodyBytesMax = Head.Length + Tail.Length + Attributes.Sum(a => a.Lead.Length + 1 + Math.Max(IntegerBytesMax, a.CodeBytesMax));
        foreach (var (attribute, index) in Attributes.Select((a, i) => (a, i)))
            if (attribute.Definition.Required) RequiredMask |= 1u << index;
    }

    /// <summary>The bytes with which every body begins.</summary>
    public static ReadOnlySpan<byte> Head => "{\"data\":{"u8;

    /// <summary>The CloudEvents <c>type</c>.</summary>
    public string Name { get; }

    /// <summary>The attributes in ascending names (ordinal), which is the order of canonical JSON.</summary>
    public AttributeSchema[] Attributes { get; }

    /// <summary>The bytes with which every body of this type and source ends.</summary>
    public byte[] Tail { get; }

    /// <summary>The maximum length of a body, in bytes.</summary>
    public int BodyBytesMax { get; }

    /// <summary>A bit for each required attribute.</summary>
    public uint RequiredMask { get; }

    /// <summary>The text in quotes as RFC 8785 writes it, with the minimal escapes.</summary>
    public static byte[] Quoted(string text)
    {
        var quoted = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        return [(byte)'"', .. quoted, (byte)'"'];
    }
}

/// <summary>One attribute, with its constant parts as bytes.</summary>
internal sealed class AttributeSchema(AttributeDefinition definition)
{
    private readonly string[] _codes = definition.Kind == AttributeKind.Code ? [.. definition.Codes] : [];

    /// <summary>The attribute's definition in the catalogue.</summary>
    public AttributeDefinition Definition => definition;

    /// <summary>The attribute's name in quotes, and a colon.</summary>
    public byte[] Lead { get; } = [.. EventSchema.Quoted(definition.Name), (byte)':'];

    /// <summary>The codes in quotes, by index.</summary>
    public byte[][] CodesQuoted { get; } =
        definition.Kind == AttributeKind.Code ? [.. definition.Codes.Select(EventSchema.Quoted)] : [];

    /// <summary>The length of the longest quoted code, in bytes.</summary>
    public int CodeBytesMax => CodesQuoted.Length == 0 ? 0 : CodesQuoted.Max(code => code.Length);

    /// <summary>The index of a code, or -1.</summary>
    public int Code(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < _codes.Length; i++)
            if (text.SequenceEqual(_codes[i])) return i;
        return -1;
    }
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Intake;

/// <summary>The catalogue, laid out for checking events.</summary>
internal sealed class EventCatalogue(Catalogue catalogue)
{
    // Whoever made the event up is no source; valuing does not look at it.
    private const string NoSource = "urn:scoring:made-up";

    private readonly FrozenDictionary<string, SourceSchema> sources = Sources(catalogue);
    private readonly FrozenDictionary<string, FrozenDictionary<string, EventSchema>> taken = Taken(catalogue);

    /// <summary>What the source may send, or <see langword="null"/> when it is not registered.</summary>
    public SourceSchema? Find(string source) => sources.GetValueOrDefault(source);

    /// <summary>
    /// The event types that a programme takes now, by name, whoever sends them: none when it is stopped, and <see langword="null"/> when it
    /// is not published.
    /// </summary>
    public FrozenDictionary<string, EventSchema>? TakenBy(ProgrammeId programme) => taken.GetValueOrDefault(programme.Value);

    // What is stopped is as if it had never been registered.
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

    private static FrozenDictionary<string, FrozenDictionary<string, EventSchema>> Taken(Catalogue catalogue) =>
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
    /// <summary>The only <c>source</c> its events may have.</summary>
    public string Id => id;

    /// <summary>Whether a token given to these clients may speak for it: to none but registered ones, when there are any.</summary>
    public bool Admits(ImmutableArray<string> given) =>
        clients.Length == 0 || (!given.IsEmpty && given.All(client => clients.Contains(client)));

    /// <summary>The event type of that name, of the source's own family.</summary>
    public EventSchema? Type(ReadOnlySpan<char> name) =>
        types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;

    /// <summary>The published programme of that name.</summary>
    public ProgrammeSchema? Programme(ReadOnlySpan<char> name) =>
        programmes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var found) ? found : null;
}

/// <summary>A programme that takes events.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Types">The event types it takes.</param>
internal sealed record ProgrammeSchema(ProgrammeId Id, FrozenSet<string> Types);

/// <summary>An event type of one source, with the fixed parts of its entries' bodies written out.</summary>
internal sealed class EventSchema
{
    private const int AttributesMax = 32;
    private const int IntegerBytesMax = 20;

    /// <summary>Lays out a type.</summary>
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

    /// <summary>How every body begins.</summary>
    public static ReadOnlySpan<byte> Head => "{\"data\":{"u8;

    /// <summary>The CloudEvents <c>type</c>.</summary>
    public string Name { get; }

    /// <summary>In ascending names (ordinal), the order of canonical JSON.</summary>
    public AttributeSchema[] Attributes { get; }

    /// <summary>How every body of this type and source ends.</summary>
    public byte[] Tail { get; }

    /// <summary>No body is longer.</summary>
    public int BodyBytesMax { get; }

    /// <summary>A bit for each attribute that must be there.</summary>
    public uint RequiredMask { get; }

    /// <summary>The text as RFC 8785 quotes it: only what must be escaped is.</summary>
    public static byte[] Quoted(string text)
    {
        var quoted = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        return [(byte)'"', .. quoted, (byte)'"'];
    }
}

/// <summary>One attribute, with its fixed parts written out.</summary>
internal sealed class AttributeSchema(AttributeDefinition definition)
{
    private readonly string[] codes = definition.Kind == AttributeKind.Code ? [.. definition.Codes] : [];

    /// <summary>What the catalogue says of it.</summary>
    public AttributeDefinition Definition => definition;

    /// <summary>Its name, a colon.</summary>
    public byte[] Lead { get; } = [.. EventSchema.Quoted(definition.Name), (byte)':'];

    /// <summary>The codes in quotes, by index.</summary>
    public byte[][] CodesQuoted { get; } =
        definition.Kind == AttributeKind.Code ? [.. definition.Codes.Select(EventSchema.Quoted)] : [];

    /// <summary>The longest of them.</summary>
    public int CodeBytesMax => CodesQuoted.Length == 0 ? 0 : CodesQuoted.Max(code => code.Length);

    /// <summary>The index of a code, or -1.</summary>
    public int Code(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < codes.Length; i++)
            if (text.SequenceEqual(codes[i])) return i;
        return -1;
    }
}

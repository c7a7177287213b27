using Scoring.Client;
using Scoring.Languages;

namespace Scoring.Rules;

/// <summary>Writes rules as sentences in the language of the page, around the descriptions that the city has written.</summary>
/// <param name="texts">The texts of the language.</param>
/// <param name="types">The event types of the programme.</param>
public sealed class RuleSentences(Texts texts, IReadOnlyList<EventType> types)
{
    /// <summary>Says which events a rule values, under which condition, and by how many points.</summary>
    public Phrase Event(Rule rule)
    {
        var type = types.FirstOrDefault(type => type.Name == rule.EventType);
        var about = Phrase.Document(type is null ? rule.EventType : Trim(type.Description));
        return rule.When is { } when
            ? Fill("rule.event-if", about, Points(rule.Points, type), Condition(when, type))
            : Fill("rule.event", about, Points(rule.Points, type));
    }

    /// <summary>Says how much a day and the whole window can add or take.</summary>
    public string Limit(Rule rule) =>
        texts[$"rule.limit-{Direction(rule.Points)}", texts.Count("common.points", rule.CapPerDay), rule.CapPerWindow];

    /// <summary>Says for how long a day counts and how it fades.</summary>
    public string Fading(Rule rule) => rule.HalfLifeDays == 0
        ? texts["rule.stays", texts.Count("common.days", rule.WindowDays)]
        : texts["rule.fades", texts.Count("common.days", rule.WindowDays), texts.Count("common.days", rule.HalfLifeDays)];

    /// <summary>Returns the rows of a table of points: what the attribute says, and the points. Empty for one number.</summary>
    public IReadOnlyList<(Phrase Value, long Points)> Rows(Rule rule)
    {
        var attribute = Attribute(types.FirstOrDefault(type => type.Name == rule.EventType), rule.Points.By);
        return [.. (rule.Points.Rows ?? new Dictionary<string, long>()).Select(row => (Value(row.Key, attribute), row.Value))];
    }

    /// <summary>Returns what the table of points is by.</summary>
    public Phrase By(Rule rule) => Name(rule.Points.By!, types.FirstOrDefault(type => type.Name == rule.EventType));

    /// <summary>Says a condition in words.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="type">The event type that it is about; <see langword="null"/> when it is not known.</param>
    public Phrase Condition(Condition condition, EventType? type) => condition switch
    {
        { All: { } all } => Join("rule.and", all, type),
        { Any: { } any } => Join("rule.or", any, type),
        { Not: { } not } => Fill("rule.not", Inner(not, type)),
        { OneOf: { } values, Attribute: { } name } =>
            Fill("rule.is", Name(name, type), Chain("rule.or", values.Select(value => Value(value, Attribute(type, name))))),
        { EqualTo: { } bound } => Compare("equal-to", condition, bound, type),
        { LessThan: { } bound } => Compare("less-than", condition, bound, type),
        { AtMost: { } bound } => Compare("at-most", condition, bound, type),
        { AtLeast: { } bound } => Compare("at-least", condition, bound, type),
        { MoreThan: { } bound } => Compare("more-than", condition, bound, type),
        _ => Phrase.Words(texts["rule.unknown"]), // a form of a later version of the platform
    };

    private static string Direction(Points points) => (points.Rows?.Values ?? [points.Each ?? 0]).ToArray() switch
    {
        var all when Array.TrueForAll(all, each => each >= 0) => "adds",
        var all when Array.TrueForAll(all, each => each <= 0) => "takes",
        _ => "both",
    };

    private static AttributeDefinition? Attribute(EventType? type, string? name) =>
        type?.Attributes.FirstOrDefault(attribute => attribute.Name == name);

    private static Phrase Name(string name, EventType? type) =>
        Phrase.Document(Attribute(type, name) is { } attribute ? Trim(attribute.Description) : name);

    /// <summary>Descriptions are sentences. Inside another sentence they have no full stop.</summary>
    private static string Trim(string description) => description.TrimEnd('.', '。', ' ');

    private Phrase Points(Points points, EventType? type) => points.Each is { } each
        ? Fill($"rule.{(each < 0 ? "takes" : "adds")}", Phrase.Words(texts.Count("common.points", Math.Abs(each))))
        : Fill($"rule.by-{Direction(points)}", Name(points.By!, type));

    private Phrase Compare(string word, Condition condition, long bound, EventType? type)
    {
        var unit = Attribute(type, condition.Attribute)?.Unit;
        var number = Phrase.Words(texts.Number(bound));
        var quantity = unit is null or "" or "1" ? number : Fill("rule.quantity", number, Phrase.Document(unit));
        return Fill($"rule.{word}", Name(condition.Attribute ?? "", type), quantity);
    }

    private Phrase Value(string value, AttributeDefinition? attribute) => attribute?.Kind == AttributeKind.Boolean
        ? Phrase.Words(texts[value == "true" ? "rule.true" : "rule.false"])
        : Fill("rule.code", Phrase.Document(value.Replace('-', ' ')));

    private Phrase Join(string key, IReadOnlyList<Condition> parts, EventType? type) =>
        parts.Count == 1 ? Condition(parts[0], type) : Chain(key, parts.Select(part => Inner(part, type)));

    /// <summary>A condition inside another one is in brackets when it has parts of its own.</summary>
    private Phrase Inner(Condition condition, EventType? type) => (condition.All ?? condition.Any) is { Count: > 1 }
        ? Fill("rule.group", Condition(condition, type))
        : Condition(condition, type);

    private Phrase Chain(string key, IEnumerable<Phrase> phrases) => phrases.Aggregate((chain, next) => Fill(key, chain, next));

    private Phrase Fill(string key, params IReadOnlyList<Phrase> values) => Phrase.Fill(texts[key], values);
}

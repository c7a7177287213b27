using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.Rules;

namespace Scoring.Editing;

/// <summary>What the parts of the editor show.</summary>
/// <param name="document">The draft.</param>
/// <param name="fields">The draft as fields.</param>
/// <param name="bench">The fields of the workbench.</param>
/// <param name="types">The event types that a draft may take.</param>
public sealed class EditorView(JsonObject document, DraftFields fields, DraftFields bench, IReadOnlyList<EventType> types)
{
    /// <summary>The draft as fields.</summary>
    public DraftFields Fields => fields;

    /// <summary>The fields of the workbench.</summary>
    public DraftFields Bench => bench;

    /// <summary>The event types that a draft may take, in ascending names.</summary>
    public IReadOnlyList<EventType> Types => types;

    /// <summary>What the platform finds wrong, each with its field.</summary>
    public IReadOnlyList<(string Field, string Text, string Pointer)> Problems { get; set; } = [];

    /// <summary>The same as faults of fields.</summary>
    public IReadOnlyList<(string Field, string Text)> Faults => [.. Problems.Select(problem => (problem.Field, problem.Text))];

    /// <summary>The field that gets the focus, because its element was added or moved.</summary>
    public string? Focus { get; set; }

    /// <summary>The event types that the draft names, in its order; then the others.</summary>
    public IEnumerable<(string Name, EventType? Type, bool IsTaken)> Choices
    {
        get
        {
            var taken = fields.Texts("programme.eventTypes");
            return taken.Select(name => (name, Find(name), true))
                .Concat(types.Where(type => !taken.Contains(type.Name)).Select(type => (type.Name, (EventType?)type, false)));
        }
    }

    /// <summary>Returns an event type, or <see langword="null"/>.</summary>
    public EventType? Find(string name) => types.FirstOrDefault(type => type.Name == name);

    /// <summary>Returns a rule of the draft for its sentence; <see langword="null"/> while something is missing.</summary>
    public Rule? Rule(int index) =>
        document["ruleSet"] is JsonObject set && set["rules"] is JsonArray rules && index < rules.Count
            ? RuleReading.Read(rules[index])
            : null;
}

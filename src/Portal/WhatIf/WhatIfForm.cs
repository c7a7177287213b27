using System.Globalization;
using System.Text.Json.Nodes;
using Scoring.Client;
using Scoring.Languages;
using Scoring.Programmes;
using Scoring.SignIn;

namespace Scoring.WhatIf;

/// <summary>Reads an event that did not happen from a form, and names what is wrong at its fields.</summary>
internal sealed class WhatIfForm(EventType type, FormValues form, Texts texts, List<(string Field, string Text)> faults)
{
    private const string DayField = "day";

    /// <summary>Returns the request; <see langword="null"/> when something is wrong.</summary>
    public WhatIfRequest? Read()
    {
        var data = new JsonObject();
        foreach (var attribute in type.Attributes)
        {
            if (Value(attribute) is { } value) data[attribute.Name] = value;
        }
        var day = Day();
        return faults.Count == 0 ? new WhatIfRequest(type.Name, data, day) : null;
    }

    /// <summary>Adds what the platform found wrong.</summary>
    public void Add(ProblemDocument problem)
    {
        foreach (var error in problem.Errors ?? []) faults.Add((FieldOf(error.Pointer), error.Detail));
        if (faults.Count == 0) faults.Add((DayField, problem.Detail ?? problem.Title));
    }

    private JsonNode? Value(AttributeDefinition attribute)
    {
        var text = form.Text(AttributeField.NameOf(attribute));
        if (text.Length == 0)
        {
            if (attribute.Required) Fault(attribute, texts["whatIf.fault-missing"]);
            return null;
        }
        switch (attribute.Kind)
        {
            case AttributeKind.Integer:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number >= attribute.Min && number <= attribute.Max) return number;
                Fault(attribute, texts["whatIf.fault-range", attribute.Min, attribute.Max]);
                return null;
            case AttributeKind.Boolean:
                return text == "true";
            default:
                if (attribute.Codes.Contains(text)) return text;
                Fault(attribute, texts["whatIf.fault-missing"]);
                return null;
        }
    }

    private DateOnly? Day()
    {
        var text = form.Text(DayField);
        if (text.Length == 0) return null;
        if (ProgrammeDays.Parse(text) is { } day) return day;
        faults.Add((DayField, texts["whatIf.fault-day"]));
        return null;
    }

    private string FieldOf(string pointer) =>
        type.Attributes.FirstOrDefault(attribute => pointer == $"/data/{attribute.Name}") is { } attribute
            ? AttributeField.NameOf(attribute)
            : DayField;

    private void Fault(AttributeDefinition attribute, string text) => faults.Add((AttributeField.NameOf(attribute), text));
}

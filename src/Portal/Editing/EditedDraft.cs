using System.Text.Json.Nodes;
using Scoring.SignIn;

namespace Scoring.Editing;

/// <summary>
/// A draft as it was sent by the form: the fields and the JSON show the same draft, and what was changed of the two is taken.
/// </summary>
internal sealed class EditedDraft
{
    private EditedDraft(JsonObject document, string text, string rendered, string? fault, string? shown = null)
    {
        Document = document;
        Text = text;
        Rendered = rendered;
        Fault = fault;
        Fields = DraftDocument.Fields(document);
        Shown = shown ?? HashOf(DraftDocument.OfFields(Fields));
    }

    /// <summary>The draft.</summary>
    public JsonObject Document { get; }

    /// <summary>The draft as fields.</summary>
    public DraftFields Fields { get; }

    /// <summary>What the JSON side shows: the draft, or what was typed there and is not taken.</summary>
    public string Text { get; }

    /// <summary>Names the text that the JSON side shows, as far as it is taken.</summary>
    public string Rendered { get; }

    /// <summary>Names the draft that is made from the fields as they are shown: they add parts that every draft has.</summary>
    public string Shown { get; }

    /// <summary>Why what was typed is not taken, as the key of a text; otherwise <see langword="null"/>.</summary>
    public string? Fault { get; }

    /// <summary>The name of the element that the action added or moved.</summary>
    public string? Moved { get; private init; }

    /// <summary>Returns a draft that both sides show.</summary>
    public static EditedDraft Of(JsonObject document)
    {
        var text = DraftDocument.Write(document);
        return new EditedDraft(document, text, DraftDocument.Hash(text), null);
    }

    /// <summary>Takes what was sent, and carries out the action.</summary>
    /// <param name="form">The fields of the form.</param>
    /// <param name="action">The button that was pressed.</param>
    public static EditedDraft Of(FormValues form, string action)
    {
        var fields = new DraftFields();
        foreach (var (name, values) in form.All())
            foreach (var value in values) fields.Add(name, value ?? "");
        var ofFields = DraftDocument.OfFields(fields);
        var typed = fields.Text(FieldPlaces.Json);
        var rendered = fields.Text("rendered");
        var side = fields.Text("side");
        var isTextNew = DraftDocument.Hash(typed) != rendered;
        var areFieldsNew = HashOf(ofFields) != fields.Text("shown");
        var takesText = action == "json"
            || (action != "form" && (side == "json" || (side.Length == 0 && (isTextNew || !areFieldsNew))));
        if (takesText && action != "json" && side.Length == 0 && areFieldsNew)
            return new EditedDraft(ofFields, typed, rendered, "editor.both-changed", fields.Text("shown"));
        if (!takesText) return Acted(ofFields, action);
        return DraftDocument.TryRead(typed, out var read)
            ? Acted(read, action)
            : new EditedDraft(ofFields, typed, HashOf(ofFields), "editor.not-json");
    }

    private static string HashOf(JsonObject document) => DraftDocument.Hash(DraftDocument.Write(document));

    private static EditedDraft Acted(JsonObject document, string action)
    {
        var moved = DraftActions.Apply(document, action);
        var text = DraftDocument.Write(document);
        return new EditedDraft(document, text, DraftDocument.Hash(text), null) { Moved = moved };
    }
}

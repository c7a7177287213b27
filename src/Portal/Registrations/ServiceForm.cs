using System.Text.Json;
using System.Text.Json.Nodes;
using Scoring.SignIn;

namespace Scoring.Registrations;

/// <summary>A service as it stands in the form.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Programme">The only programme that it may query.</param>
/// <param name="LegalEntity">Its full legal name.</param>
/// <param name="Purpose">The purpose of its queries.</param>
/// <param name="Contact">Where a person reaches it.</param>
/// <param name="LastDay">The last day of the registration, as <c>2026-11-23</c>.</param>
/// <param name="Context">The word of its programme's context.</param>
public sealed record ServiceForm(
    string Id, string Programme, string LegalEntity, string Purpose, string Contact, string LastDay, string Context) : IRegistrationForm
{
    private static readonly string[] Members = ["id", "programme", "legalEntity", "purpose", "contact", "lastDay"];

    /// <summary>A form with nothing in it.</summary>
    public static ServiceForm Empty { get; } = new("", "", "", "", "", "", "");

    /// <inheritdoc/>
    public IEnumerable<string> Fields => Members;

    /// <summary>Reads the form that was sent or kept; <see langword="null"/> when there is none.</summary>
    internal static ServiceForm? Of(FormValues form) => Array.TrueForAll(Members, member => form.Text(member).Length == 0)
        ? null
        : new ServiceForm(
            form.Text("id"), form.Text("programme"), form.Text("legalEntity"), form.Text("purpose"), form.Text("contact"),
            form.Text("lastDay"), form.Text("context"));

    /// <summary>Reads a document.</summary>
    internal static ServiceForm Of(JsonElement document)
    {
        string Text(string member) => DocumentMembers.Text(document, member);
        return new ServiceForm(
            Text("id"), Text("programme"), Text("legalEntity"), Text("purpose"), Text("contact"), Text("lastDay"), Text("context"));
    }

    /// <inheritdoc/>
    public JsonElement ToDocument() => JsonElement.Parse(new JsonObject
    {
        ["id"] = Id, ["programme"] = Programme, ["legalEntity"] = LegalEntity, ["purpose"] = Purpose, ["contact"] = Contact,
        ["lastDay"] = LastDay, ["context"] = Context,
    }.ToJsonString());
}

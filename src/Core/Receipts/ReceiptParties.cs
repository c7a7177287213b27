using System.Text.Json.Nodes;
using Scoring.Programmes;

namespace Scoring.Receipts;

/// <summary>Writes the parties of a receipt. Each is described once; other members refer to it by its identifier.</summary>
/// <param name="terms">The programme's terms.</param>
/// <param name="services">The services that may get the score with the participant's grant.</param>
/// <param name="notice">The facts of the installation.</param>
internal sealed class ReceiptParties(Programme terms, IEnumerable<Service> services, PrivacyNoticeOptions notice)
{
    /// <summary>The identifier of the controller.</summary>
    public const string Controller = "urn:scoring:controller";

    /// <summary>The identifier of the supervisory authority.</summary>
    public const string Authority = "urn:scoring:authority";

    private readonly Service[] _services = [.. services];

    /// <summary>The identifiers of the services that may get the score with the participant's grant.</summary>
    public JsonArray Recipients => new([.. _services.Select(service => (JsonNode)IdOf(service))]);

    /// <summary>The descriptions of the controller, the authority and the services.</summary>
    public JsonArray Write() => new(
    [
        Entity(
            Controller, ["dpv:DataController", "dpv:" + notice.ControllerType], terms.Controller.LegalName, terms.Controller.Contact,
            notice.AddressOf(terms.Id.Value)),
        Entity(
            Authority, ["dpv:DataProtectionAuthority"], notice.AuthorityName, notice.AuthorityContact, notice.AuthorityAddress),
        .. _services.Select(Recipient),
    ]);

    // A service registers no postal address; its contact is the only one.
    private static JsonObject Recipient(Service service)
    {
        var entity = Entity(IdOf(service), ["dpv:ThirdParty", "dpv:Organisation"], service.LegalEntity, service.Contact, null);
        entity["dct:description"] = service.Purpose;
        return entity;
    }

    private static JsonObject Entity(string id, string[] types, string name, string contact, string? address)
    {
        var contacts = new JsonArray(new JsonObject
        {
            ["@type"] = "schema:ContactPoint",
            [contact.Contains('@', StringComparison.Ordinal) ? "schema:email" : "schema:url"] = contact,
        });
        if (address is not null)
            contacts.Add((JsonNode)new JsonObject { ["@type"] = "schema:PostalAddress", ["schema:streetAddress"] = address });
        return new JsonObject
        {
            ["@id"] = id,
            ["@type"] = new JsonArray([.. types.Select(type => (JsonNode)type)]),
            ["dpv:hasIdentifier"] = id,
            ["dpv:hasName"] = name,
            ["schema:contactPoint"] = contacts,
        };
    }

    private static string IdOf(Service service) => "urn:scoring:service:" + service.Id;
}

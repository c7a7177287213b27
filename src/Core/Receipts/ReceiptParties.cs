using System.Text.Json.Nodes;
using Scoring.Programmes;

namespace Scoring.Receipts;

/// <summary>The parties of a receipt, each described once and named by its identifier elsewhere.</summary>
internal sealed class ReceiptParties(Programme terms, IEnumerable<Service> services, PrivacyNoticeOptions notice)
{
    public const string Controller = "urn:scoring:controller";
    public const string Authority = "urn:scoring:authority";

    private readonly Service[] _services = [.. services];

    /// <summary>Identifiers of those who may be told a score, once the participant lets them.</summary>
    public JsonArray Recipients => new([.. _services.Select(service => (JsonNode)IdOf(service))]);

    public JsonArray Write() => new(
    [
        Entity(
            Controller, ["dpv:DataController", "dpv:" + notice.ControllerType], terms.Controller.LegalName, terms.Controller.Contact,
            notice.AddressOf(terms.Id.Value)),
        Entity(
            Authority, ["dpv:DataProtectionAuthority"], notice.AuthorityName, notice.AuthorityContact, notice.AuthorityAddress),
        .. _services.Select(Recipient),
    ]);

    // Where a service has its post is not registered; it is reached by its contact.
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

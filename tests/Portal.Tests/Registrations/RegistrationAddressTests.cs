using Scoring.Client;

namespace Scoring.Registrations;

public sealed class RegistrationAddressTests
{
    [Theory]
    [InlineData(RegistrationKind.EventType, "traffic.parking", "/admin/event-types/traffic.parking")]
    [InlineData(RegistrationKind.Source, "https://traffic.city.example", "/admin/sources/aHR0cHM6Ly90cmFmZmljLmNpdHkuZXhhbXBsZQ")]
    [InlineData(RegistrationKind.Service, "parking-desk", "/admin/services/parking-desk")]
    public void A_registration_has_an_address_that_leads_back_to_its_name(RegistrationKind kind, string name, string address)
    {
        RegistrationAddress.Of(kind, name).ShouldBe(address);
        RegistrationAddress.NameOf(kind, address[(address.LastIndexOf('/') + 1)..]).ShouldBe(name);
    }

    [Theory]
    [InlineData("a")] // no whole byte
    [InlineData("!!!!")]
    [InlineData("_w")] // no UTF-8
    public void What_is_no_base64url_of_a_text_names_no_source(string segment) =>
        RegistrationAddress.NameOf(RegistrationKind.Source, segment).ShouldBeNull();
}

using System.ComponentModel.DataAnnotations;

namespace Scoring.Receipts;

/// <summary>
/// What receipts say that no published document holds: facts of the installation. All are needed. In Development those left out are made
/// up; elsewhere the platform does not start without them.
/// </summary>
public sealed class PrivacyNoticeOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Notice";

    /// <summary>Base address of the HTTP API as participants reach it, absolute, without a slash at its end.</summary>
    [Required, StringLength(200)]
    [RegularExpression(@"https?://[^\s?#]+[^\s?#/]", ErrorMessage = "{0} must be an http address without a slash at its end.")]
    public string ServiceAddress { get; set; } = "";

    /// <summary>Address of the privacy notice, absolute.</summary>
    [Required, StringLength(500), RegularExpression(@"https?://\S+", ErrorMessage = "{0} must be an http address.")]
    public string PrivacyNotice { get; set; } = "";

    /// <summary>Language of the notice and of the programmes' words, as in BCP 47: <c>en</c>, <c>de-AT</c>.</summary>
    [Required, RegularExpression("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")]
    public string Language { get; set; } = "";

    /// <summary>Where the law is: a code of ISO 3166-1 or -2, or <c>EU</c>.</summary>
    [Required, RegularExpression("[A-Z]{2}(-[A-Z0-9]{1,3})?")]
    public string Jurisdiction { get; set; } = "";

    /// <summary>Where the data lie: codes as above, separated by commas.</summary>
    [Required, RegularExpression("[A-Z]{2}(-[A-Z0-9]{1,3})?(,[A-Z]{2}(-[A-Z0-9]{1,3})?){0,15}")]
    public string StorageLocations { get; set; } = "";

    /// <summary>What kind of party the programmes' controllers are, a word of the W3C DPV.</summary>
    [Required]
    [RegularExpression("GovernmentalOrganisation|ForProfitOrganisation|NonProfitOrganisation|InternationalOrganisation|Organisation")]
    public string ControllerType { get; set; } = "GovernmentalOrganisation";

    /// <summary>Postal address of the controllers; name and contact stand in each programme's terms.</summary>
    [Required, StringLength(300)]
    public string ControllerAddress { get; set; } = "";

    /// <summary>Postal address of a programme's controller where it is another, by the programme's name.</summary>
    public Dictionary<string, string> ControllerAddresses { get; } = [];

    /// <summary>The supervisory authority: its name.</summary>
    [Required, StringLength(200)]
    public string AuthorityName { get; set; } = "";

    /// <summary>Its postal address.</summary>
    [Required, StringLength(300)]
    public string AuthorityAddress { get; set; } = "";

    /// <summary>Where a person reaches it: an address of mail or web.</summary>
    [Required, StringLength(200)]
    public string AuthorityContact { get; set; } = "";

    /// <summary>The postal address of a programme's controller.</summary>
    internal string AddressOf(string programme) => ControllerAddresses.GetValueOrDefault(programme) ?? ControllerAddress;

    /// <summary>Fills what is left out with an example, for Development alone.</summary>
    internal void FillWithExamples()
    {
        ServiceAddress = Or(ServiceAddress, "http://localhost:5080");
        PrivacyNotice = Or(PrivacyNotice, "https://city.example/privacy");
        Language = Or(Language, "en");
        Jurisdiction = Or(Jurisdiction, "EU");
        StorageLocations = Or(StorageLocations, "EU");
        ControllerAddress = Or(ControllerAddress, "Town Hall, 1 Example Square, Example");
        AuthorityName = Or(AuthorityName, "Data Protection Authority of Example");
        AuthorityAddress = Or(AuthorityAddress, "2 Example Square, Example");
        AuthorityContact = Or(AuthorityContact, "contact@authority.example");

        static string Or(string given, string madeUp) => given.Length > 0 ? given : madeUp;
    }
}

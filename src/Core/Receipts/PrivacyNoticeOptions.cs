using System.ComponentModel.DataAnnotations;

namespace Scoring.Receipts;

/// <summary>
/// The facts of the installation that consent receipts need and no published document holds. All are required. In Development, missing ones
/// get example values; elsewhere the platform does not start without them.
/// </summary>
public sealed class PrivacyNoticeOptions
{
    /// <summary>The configuration section.</summary>
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

    /// <summary>The jurisdiction: a code of ISO 3166-1 or -2, or <c>EU</c>.</summary>
    [Required, RegularExpression("[A-Z]{2}(-[A-Z0-9]{1,3})?")]
    public string Jurisdiction { get; set; } = "";

    /// <summary>The locations where the data are stored: 1 to 16 codes as for the jurisdiction, separated by commas.</summary>
    [Required, RegularExpression("[A-Z]{2}(-[A-Z0-9]{1,3})?(,[A-Z]{2}(-[A-Z0-9]{1,3})?){0,15}")]
    public string StorageLocations { get; set; } = "";

    /// <summary>The kind of organisation of the programmes' controllers, a word of the W3C Data Privacy Vocabulary.</summary>
    [Required]
    [RegularExpression("GovernmentalOrganisation|ForProfitOrganisation|NonProfitOrganisation|InternationalOrganisation|Organisation")]
    public string ControllerType { get; set; } = "GovernmentalOrganisation";

    /// <summary>Postal address of the controllers; each programme's terms hold name and contact.</summary>
    [Required, StringLength(300)]
    public string ControllerAddress { get; set; } = "";

    /// <summary>Postal addresses of controllers that have another address, by the programme's id.</summary>
    public Dictionary<string, string> ControllerAddresses { get; } = [];

    /// <summary>Name of the supervisory authority.</summary>
    [Required, StringLength(200)]
    public string AuthorityName { get; set; } = "";

    /// <summary>Postal address of the supervisory authority.</summary>
    [Required, StringLength(300)]
    public string AuthorityAddress { get; set; } = "";

    /// <summary>E-mail address or web address at which a person reaches the supervisory authority.</summary>
    [Required, StringLength(200)]
    public string AuthorityContact { get; set; } = "";

    /// <summary>The postal address of a programme's controller.</summary>
    internal string AddressOf(string programme) => ControllerAddresses.GetValueOrDefault(programme) ?? ControllerAddress;

    /// <summary>Sets missing values to examples. For Development only.</summary>
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

        static string Or(string value, string example) => value.Length > 0 ? value : example;
    }
}

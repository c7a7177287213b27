using System.ComponentModel.DataAnnotations;
using Scoring.Settings;

namespace Scoring.Hosting;

/// <summary>How people sign in: a client of an OpenID Connect provider. The section is <c>Portal:SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Portal:SignIn";

    /// <summary>
    /// The provider's issuer address. Its tokens are those that the gateways accept. Without it, as by default, the portal shows public
    /// pages only.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>The portal's <c>client_id</c>. Default <c>portal</c>.</summary>
    [Required(AllowEmptyStrings = true)]
    public string ClientId { get; set; } = "portal";

    /// <summary>The portal's <c>client_secret</c>. Empty by default, for a client without one.</summary>
    [Secret]
    public string ClientSecret { get; set; } = "";

    /// <summary>The scopes asked for, by spaces. Default <c>openid profile offline_access</c>.</summary>
    [Required]
    public string Scopes { get; set; } = "openid profile offline_access";

    /// <summary>The claim of the ID token that holds the roles. Default <c>roles</c>.</summary>
    [Required]
    public string RolesClaim { get; set; } = "roles";

    /// <summary>Whether the provider must be reached over https. Default <c>true</c>; <c>false</c> for tests on one machine.</summary>
    public bool RequireHttps { get; set; } = true;
}

<?php
/**
 * Plugin Name: myDIMOSLive
 * Description: Appointments of a Greek municipality in its own pages: [mydimoslive municipality="kavala"].
 * Version: 1.0.0
 * Requires at least: 5.8
 * Requires PHP: 7.4
 */

declare( strict_types=1 );

namespace MyDimosLive;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

const OPTION     = 'mydimoslive_site';
const ATTRIBUTES = array( 'id', 'municipality', 'service', 'mode', 'lang', 'accent', 'display', 'label', 'count', 'for' );

add_shortcode( 'mydimoslive', __NAMESPACE__ . '\\shortcode' );
add_action( 'admin_init', __NAMESPACE__ . '\\register_site' );
add_filter( 'script_loader_tag', __NAMESPACE__ . '\\load_async', 10, 2 );

/**
 * The element, with the link that books inside of it.
 *
 * @param array|string $written What stands in the shortcode; a string where nothing does.
 */
function shortcode( $written ): string {
	$site = get_option( OPTION, '' );
	if ( '' === $site ) {
		return current_user_can( 'manage_options' )
			? '<p>' . esc_html__( 'Set the address of myDIMOSLive under Settings, General.', 'mydimoslive' ) . '</p>'
			: '';
	}
	$values  = shortcode_atts( array_fill_keys( array_merge( ATTRIBUTES, array( 'show' ) ), '' ), (array) $written );
	$element = 'next' === $values['show'] ? 'my-dimoslive-next' : 'my-dimoslive';
	$html    = '<' . $element;
	foreach ( ATTRIBUTES as $name ) {
		if ( '' !== $values[ $name ] ) {
			$html .= sprintf( ' %s="%s"', $name, esc_attr( $values[ $name ] ) );
		}
	}
	wp_enqueue_script( 'mydimoslive', $site . '/embed.js', array(), null, true );
	return $html . '>' . booking_link( $site, $values ) . '</' . $element . '>';
}

/** What people see without scripts. */
function booking_link( string $site, array $values ): string {
	$english = 0 === strpos( $values['lang'] ? $values['lang'] : get_bloginfo( 'language' ), 'en' );
	$words   = $values['label'] ? $values['label'] : ( $english ? 'Book an appointment' : 'Κλείστε ραντεβού' );
	$address = $site . ( $english ? '/en' : '' ) . '/m/' . rawurlencode( $values['municipality'] );
	$asked   = array_filter( array( 'service' => $values['service'], 'mode' => $values['mode'] ) );
	return sprintf( '<a href="%s">%s</a>', esc_url( add_query_arg( array_map( 'rawurlencode', $asked ), $address ) ), esc_html( $words ) );
}

/** A field under Settings, General. */
function register_site(): void {
	register_setting( 'general', OPTION, array( 'type' => 'string', 'sanitize_callback' => __NAMESPACE__ . '\\clean_site' ) );
	add_settings_field( OPTION, __( 'Address of myDIMOSLive', 'mydimoslive' ), __NAMESPACE__ . '\\show_field', 'general', 'default', array( 'label_for' => OPTION ) );
}

/**
 * An origin with https, or nothing: what is behind it is cut off.
 *
 * @param mixed $typed
 */
function clean_site( $typed ): string {
	$parts = wp_parse_url( trim( is_string( $typed ) ? $typed : '' ) );
	if ( empty( $parts['host'] ) || 'https' !== ( $parts['scheme'] ?? '' ) ) {
		return '';
	}
	return 'https://' . strtolower( $parts['host'] ) . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
}

/** The field itself. */
function show_field(): void {
	printf(
		'<input type="url" id="%1$s" name="%1$s" value="%2$s" class="regular-text code" placeholder="https://book.example.gr">',
		esc_attr( OPTION ),
		esc_attr( get_option( OPTION, '' ) )
	);
}

/** The page does not wait for it. */
function load_async( string $tag, string $handle ): string {
	return 'mydimoslive' === $handle ? str_replace( '<script ', '<script async ', $tag ) : $tag;
}
